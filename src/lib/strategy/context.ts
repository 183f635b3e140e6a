/** What a handler can see and do. One context is reused for every event: read from it, do not keep it. */
import type { Order, OrderChange, OrderRequest, OrderStatus, Side } from '../model/index.ts';
import type { ArtifactValues } from './artifacts.ts';
import type { ParamSpecs, ParamValues } from './params.ts';
import type { Signals } from './strategy.ts';

export type BarView = {
  readonly symbol: string;
  /** When the bar is complete, epoch milliseconds. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
};

export type PositionView = {
  /** Signed units. */
  readonly quantity: number;
  readonly averagePrice: number;
  readonly value: number;
  readonly unrealised: number;
};

export type FillEvent = {
  readonly order: number;
  readonly symbol: string;
  readonly side: Side;
  readonly quantity: number;
  readonly price: number;
  readonly fee: number;
  readonly time: number;
  readonly tag: string;
};
export type OrderEvent = {
  readonly order: number;
  readonly symbol: string;
  readonly status: OrderStatus;
  readonly reason: string;
  readonly time: number;
  readonly tag: string;
};
export type OpenOrder = Order & { readonly status: OrderStatus; readonly filled: number; readonly tag: string };

export interface Context<P extends ParamSpecs = ParamSpecs, S extends Signals = Signals, A = ArtifactValues> {
  readonly params: ParamValues<P>;
  /** What the strategy made of its artifacts. Between two instants a session may put a new version in the place of one: read it anew in each handler. */
  readonly artifacts: A;
  readonly time: number;
  /** Symbol of the current event. */
  readonly symbol: string;
  readonly symbols: readonly string[];
  /** The bar just completed, of the current instrument. */
  readonly bar: BarView;
  /** Signals of the current instrument at the current bar. */
  readonly signals: { readonly [K in keyof S]: number };
  readonly equity: number;
  readonly cash: number;
  /** Position of the current instrument, or of another by symbol. The view is reused: read it at once. */
  position(symbol?: string): PositionView;
  /** Working orders, of the current instrument or of another by symbol. */
  orders(symbol?: string): readonly OpenOrder[];
  /** Places an order and returns its id. @throws SigmaError strategy/bad-order */
  submit(request: OrderRequest): number;
  cancel(order: number): void;
  modify(order: number, change: OrderChange): void;
  /** A new group whose orders cancel one another. */
  ocoGroup(): number;
  /** Brings the position of the current instrument (or another) to a weight of its slot by a market order. */
  target(weight: number, symbol?: string): void;
  log(message: string): void;
  /** Calls `onTimer` with `tag` at the first instant at or after `time`. */
  schedule(time: number, tag: string): void;
}
