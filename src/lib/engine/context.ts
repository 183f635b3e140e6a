/** The context handlers get: one reused object over the engine's state. */
import { SigmaError } from '../core/index.ts';
import type { Instrument, Order, OrderChange, OrderRequest } from '../model/index.ts';
import { type Account, TOTAL } from '../portfolio/index.ts';
import type {
  ArtifactValues,
  Context,
  OpenOrder,
  ParamSpecs,
  ParamValues,
  PositionView,
  Signals,
} from '../strategy/index.ts';
import type { Books } from './books.ts';
import type { Market } from './market.ts';
import type { OrderState } from './order-state.ts';
import type { OrderDesk } from './orders.ts';
import { LOOK, MOVE, type RowView } from './row-view.ts';
import type { Targets } from './targets.ts';

export type ContextOptions = {
  readonly params: ParamValues<ParamSpecs>;
  readonly artifacts: ArtifactValues;
  readonly instruments: readonly Instrument[];
  readonly symbolIndex: ReadonlyMap<string, number>;
  readonly account: Account;
  readonly desk: OrderDesk;
  readonly market: Market;
  readonly targets: Targets;
  readonly books: Books;
  readonly clock: Float64Array;
  readonly view: RowView;
  /** Takes what the strategy logs. */
  readonly write: (symbol: string, message: string) => void;
};

type Timer = { readonly time: number; readonly tag: string };

/** Moves the facade over the market. */
export class ContextHost {
  readonly facade: Facade;
  private readonly options: ContextOptions;

  constructor(options: ContextOptions) {
    this.options = options;
    this.facade = new Facade(options);
  }

  /** Points the context at a row of the current block, `position` in its order. */
  moveTo(instrument: number, row: number, position: number): void {
    const { facade } = this;
    facade.place = position;
    facade.current = instrument;
    facade.bar[LOOK](this.options.market.columns, row, facade.symbols[instrument]!);
  }

  /** Points the context at the instrument's latest row, wherever it is kept. */
  lookAt(instrument: number): void {
    this.facade.current = instrument;
    this.facade.place = -1;
    this.options.market.look(this.facade.bar, instrument);
  }

  /** Timers that wait. */
  get timers(): number {
    return this.facade.timers.length;
  }

  fireTimers(call: (tag: string) => void): void {
    const now = this.options.clock[0]!;
    const due = this.facade.timers.filter((t) => t.time <= now).sort((a, b) => a.time - b.time);
    if (due.length === 0) return;
    this.facade.timers = this.facade.timers.filter((t) => t.time > now);
    this.lookAt(this.facade.current);
    for (const timer of due) call(timer.tag);
  }
}

/** One shape for every event and every run, so that reads from a handler are monomorphic. */
class Facade implements Context<ParamSpecs, Signals> {
  readonly params: ParamValues<ParamSpecs>;
  readonly artifacts: ArtifactValues;
  readonly symbols: readonly string[];
  readonly bar: RowView;
  readonly signals: Readonly<Record<string, number>>;
  current = 0;
  /** Position of the row that is looked at; the books need not have come to it yet. */
  place = -1;
  timers: Timer[] = [];
  /** Since it was last set to false there have been commands or timers to see to. */
  asked = false;
  private readonly options: ContextOptions;
  private readonly account: Account;
  private readonly desk: OrderDesk;
  private readonly clock: Float64Array;
  private readonly held: HeldView;
  private readonly books: Books;

  constructor(options: ContextOptions) {
    this.options = options;
    this.books = options.books;
    this.params = options.params;
    this.artifacts = options.artifacts;
    this.symbols = options.instruments.map((i) => i.symbol);
    this.bar = options.view;
    // The view has a getter for each signal of this strategy; the strategy's own type names them.
    this.signals = options.view as unknown as Readonly<Record<string, number>>;
    this.account = options.account;
    this.desk = options.desk;
    this.clock = options.clock;
    this.held = new HeldView(options.account, this);
  }

  /** Points at another row of the only instrument, where `moveTo` has been. */
  advance(row: number): void {
    this.place = row;
    this.bar[MOVE](row);
  }

  /** Brings the books up to the row that is looked at. */
  lookUp(): void {
    this.books.until(this.place + 1);
  }

  get time(): number {
    this.lookUp();
    return this.clock[0]!;
  }

  get symbol(): string {
    return this.symbols[this.current]!;
  }

  get equity(): number {
    this.lookUp();
    return this.account.totals[TOTAL.equity]!;
  }

  get cash(): number {
    return this.account.totals[TOTAL.cash]!;
  }

  position(symbol?: string): PositionView {
    this.held.index = symbol === undefined ? this.current : this.indexOf(symbol);
    return this.held;
  }

  orders(symbol?: string): readonly OpenOrder[] {
    const open = this.desk.open(symbol === undefined ? this.current : this.indexOf(symbol));
    return open.length === 0 ? noOrders : open.map(openOrder);
  }

  submit(request: OrderRequest): number {
    this.lookUp();
    const instrument = request.symbol === undefined ? this.current : this.indexOf(request.symbol);
    const { id } = this.desk.submit(request, instrument, this.clock[0]!).order;
    this.ask();
    return id;
  }

  cancel(order: number): void {
    this.desk.cancel(order, 'by the strategy');
    this.ask();
  }

  modify(order: number, change: OrderChange): void {
    this.desk.modify(order, change);
    this.ask();
  }

  ocoGroup(): number {
    return this.desk.nextGroup();
  }

  target(weight: number, symbol?: string): void {
    this.lookUp();
    this.options.targets.set(symbol === undefined ? this.current : this.indexOf(symbol), weight);
    this.ask();
  }

  log(message: string): void {
    this.lookUp();
    this.options.write(this.symbol, message);
  }

  schedule(time: number, tag: string): void {
    this.timers.push({ time, tag });
    this.asked = true;
  }

  private ask(): void {
    if (this.desk.waiting) this.asked = true;
  }

  private indexOf(symbol: string): number {
    const index = this.options.symbolIndex.get(symbol);
    if (index !== undefined) return index;
    throw new SigmaError('strategy/bad-order', `no instrument '${symbol}' in this run`, {
      hint: `the instruments are ${this.symbols.slice(0, 12).join(', ')}`,
    });
  }
}

const noOrders: readonly OpenOrder[] = [];

function openOrder(state: OrderState): OpenOrder {
  const { quantity, status, filled, request } = state;
  return { ...termsNow(state), quantity, status, filled, tag: request.tag ?? '' };
}

/** The order at the prices it has been changed to. */
function termsNow({ order, price, trigger }: OrderState): Order {
  switch (order.kind) {
    case 'limit':
      return { ...order, price };
    case 'stop':
    case 'take-profit':
      return { ...order, trigger };
    case 'stop-limit':
      return { ...order, price, trigger };
    default:
      return order;
  }
}

class HeldView implements PositionView {
  index = 0;
  private readonly account: Account;
  /** Of the account, one step nearer: it is asked for at every bar. */
  private readonly quantities: Float64Array;
  private readonly facade: Facade;

  constructor(account: Account, facade: Facade) {
    this.account = account;
    this.quantities = account.quantity;
    this.facade = facade;
  }

  get quantity(): number {
    return this.quantities[this.index]!;
  }

  get averagePrice(): number {
    return this.account.averagePrice[this.index]!;
  }

  get value(): number {
    this.facade.lookUp();
    const { account, index, quantity } = this;
    return quantity === 0 ? 0 : quantity * account.price[index]! * account.instruments[index]!.multiplier;
  }

  get unrealised(): number {
    this.facade.lookUp();
    const { account, index, quantity } = this;
    if (quantity === 0) return 0;
    return quantity * (account.price[index]! - account.averagePrice[index]!) * account.instruments[index]!.multiplier;
  }
}
