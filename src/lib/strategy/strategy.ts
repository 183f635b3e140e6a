/** A strategy: typed parameters, signals as causal expressions, and either a target or handlers. The same object is researched, swept, simulated and traded. */
import type { BarExprs, Expr } from '../indicators/index.ts';
import type { Bracket } from '../model/index.ts';
import type { Context, FillEvent, OrderEvent } from './context.ts';
import type { ParamSpecs, ParamValues } from './params.ts';

export type Signals = Readonly<Record<string, Expr>>;

/** What a target sees of one instrument at one instant: its bar and its signals, nothing later. */
export type Row<S extends Signals = Signals> = { readonly [K in keyof S]: number } & {
  readonly symbol: string;
  /** When the bar is complete, epoch milliseconds. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  /** Instruments of the universe at this instant. */
  readonly universe: number;
};

/** How targets of several instruments share the equity. */
export type Allocation =
  /** Each instrument owns an equal share of equity; target 1 fills that share. The default. */
  | 'slots'
  /** The target is the weight of the whole equity. */
  | 'portfolio'
  /** Targets are divided by the sum of their absolute values, so that the book is fully invested. */
  | 'normalised';

/** When targets are asked for. With `change` (the default) orders follow only a changed target; a calendar also restores weights that drifted. */
export type Rebalance = 'change' | 'bar' | 'day' | 'week' | 'month' | 'quarter' | 'year';

export type StrategyDefinition<P extends ParamSpecs, S extends Signals> = {
  readonly name: string;
  readonly description?: string;
  readonly params?: P;
  readonly signals?: (bars: BarExprs, params: ParamValues<P>) => S;
  /** Which instruments take part, as of each instant: an expression above 0. Others get target 0 and are left out of cross-sections. */
  readonly universe?: (bars: BarExprs, params: ParamValues<P>) => Expr;
  readonly target?: (row: Row<S>, params: ParamValues<P>, held: number) => number;
  /**
   * Exits of a position that a target opens, asked for at the row that it is decided on and placed when it fills. They stand
   * until the target turns to another side. Once one has traded the position stays flat until then.
   */
  readonly exits?: (row: Row<S>, params: ParamValues<P>) => Bracket;
  readonly rebalance?: Rebalance;
  readonly allocation?: Allocation;
  readonly onStart?: (ctx: Context<P, S>) => void;
  readonly onBar?: (ctx: Context<P, S>) => void;
  readonly onFill?: (ctx: Context<P, S>, fill: FillEvent) => void;
  readonly onOrder?: (ctx: Context<P, S>, order: OrderEvent) => void;
  readonly onTimer?: (ctx: Context<P, S>, tag: string) => void;
  readonly onEnd?: (ctx: Context<P, S>) => void;
};

/** A strategy of unknown parameters and signals, as loaded from a file. */
export type Strategy = StrategyDefinition<ParamSpecs, Signals>;
