/** A strategy: typed parameters, signals as causal expressions, and either a target or handlers. The same object is researched, swept, simulated and traded. */
import type { BarExprs, Expr } from '../indicators/index.ts';
import type { Bracket } from '../model/index.ts';
import type { ArtifactNeeds, ArtifactValues } from './artifacts.ts';
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

/** What a strategy computes. `A` is the list of what its functions get last: its artifacts, or nothing. */
type StrategyFunctions<P extends ParamSpecs, S extends Signals, A extends readonly unknown[]> = {
  readonly signals?: (bars: BarExprs, params: ParamValues<P>, ...artifacts: A) => S;
  /** Which instruments take part, as of each instant: an expression above 0. Others get target 0 and are left out of cross-sections. */
  readonly universe?: (bars: BarExprs, params: ParamValues<P>, ...artifacts: A) => Expr;
  readonly target?: (row: Row<S>, params: ParamValues<P>, held: number, ...artifacts: A) => number;
  /**
   * Exits of a position that a target opens, asked for at the row that it is decided on and placed when it fills. They stand
   * until the target turns to another side. Once one has traded the position stays flat until then.
   */
  readonly exits?: (row: Row<S>, params: ParamValues<P>, ...artifacts: A) => Bracket;
};

export type StrategyDefinition<P extends ParamSpecs, S extends Signals, A = ArtifactValues> = StrategyFunctions<
  P,
  S,
  [artifacts: A]
> & {
  readonly name: string;
  readonly description?: string;
  readonly params?: P;
  /** Artifacts of the registry that it reads, by a name of its own. The run loads them before its first bar. */
  readonly artifacts?: ArtifactNeeds<P, A>;
  readonly rebalance?: Rebalance;
  readonly allocation?: Allocation;
  readonly onStart?: (ctx: Context<P, S, A>) => void;
  readonly onBar?: (ctx: Context<P, S, A>) => void;
  readonly onFill?: (ctx: Context<P, S, A>, fill: FillEvent) => void;
  readonly onOrder?: (ctx: Context<P, S, A>, order: OrderEvent) => void;
  readonly onTimer?: (ctx: Context<P, S, A>, tag: string) => void;
  readonly onEnd?: (ctx: Context<P, S, A>) => void;
};

/** A strategy of unknown parameters and signals, as loaded from a file. Where it needs artifacts the engine hands them to its functions. */
export type Strategy = Omit<StrategyDefinition<ParamSpecs, Signals>, keyof StrategyFunctions<ParamSpecs, Signals, []>> &
  StrategyFunctions<ParamSpecs, Signals, [artifacts?: ArtifactValues]>;
