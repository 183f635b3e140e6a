/** One strategy over many parameter sets: what is asked and what comes back, whichever engine answers. */
import type { SigmaError } from '../core/index.ts';
import type { RunConfig } from '../engine/index.ts';
import type { MetricKey } from '../metrics/index.ts';
import type {
  Bars,
  BlockSource,
  CorporateAction,
  EquityCurve,
  FillRecords,
  OrderRecords,
  TradeRecords,
} from '../model/index.ts';
import type { ArtifactSet, ParamSpecs, ParamValues, Strategy } from '../strategy/index.ts';

/** Figures of each set that a search can rank by: the metrics of the same names, with the same definitions. */
export const figureKeys = [
  'finalEquity',
  'totalReturn',
  'cagr',
  'volatility',
  'downsideDeviation',
  'skewness',
  'excessKurtosis',
  'sharpe',
  'sortino',
  'calmar',
  'maxDrawdown',
  'ulcerIndex',
  'trades',
  'winRate',
  'profitFactor',
  'expectancy',
  'exposure',
  'turnover',
  'totalCosts',
  'periods',
] as const satisfies readonly MetricKey[];
export type FigureKey = (typeof figureKeys)[number];

/** A value for every parameter of the strategy, as `resolveParams` gives them. */
export type ParamSet = ParamValues<ParamSpecs>;

export type SweepEngine = 'vectorised' | 'event';

/**
 * How a set was answered by the vectorised engine: one instrument under plain terms or under others, by the changes of its
 * targets, by every instant, or set for set by the event engine after all (docs/sweeps.md).
 */
export type SweepPath = 'plain' | 'single' | 'changes' | 'instants' | 'events';

export type SweepOptions = {
  readonly strategy: Strategy;
  /** What it reads under any of the sets, by reference. */
  readonly artifacts?: ArtifactSet;
  /** The market: bars in memory, or a source of blocks that can be read again and again. */
  readonly market: readonly Bars[] | BlockSource;
  readonly config: RunConfig;
  /** `auto` (the default) takes the vectorised engine wherever it gives the event engine's results. */
  readonly engine?: SweepEngine | 'auto';
  /** Splits and dividends that positions meet. */
  readonly actions?: readonly CorporateAction[];
  /** Finer bars of the same instruments that orders are matched against. */
  readonly detail?: readonly Bars[] | BlockSource;
  /** Hears how each set of a run was answered, by its place, unless it failed. */
  readonly onAnswer?: (place: number, path: SweepPath) => void;
};

export type SweepWants = {
  readonly returns?: boolean;
  /** The figures to compute, all when left out; the others stay NaN. What is not looked at need not be paid for. */
  readonly figures?: readonly FigureKey[];
};

export type SweepResult = {
  /** One value a set, in the order of the sets; NaN where undefined or where the set failed. */
  readonly figures: Readonly<Record<FigureKey, Float64Array>>;
  /**
   * With `returns`: row s holds the simple returns of set s over the sweep's periods, sets x periods, the first from the
   * initial cash. Zero after ruin and after a risk rule ended the run; NaN throughout where the set failed.
   */
  readonly returns?: Float64Array;
  /** Sets that threw, by place; the others are not affected. */
  readonly failures: ReadonlyMap<number, SigmaError>;
};

/** What one set did, record by record. */
export type SweepTrace = {
  readonly equity: EquityCurve;
  readonly orders: OrderRecords;
  readonly fills: FillRecords;
  readonly trades: TradeRecords;
};

export interface Sweep {
  /** The engine that answers, and why it is the event engine where `auto` had to take it. */
  readonly engine: SweepEngine;
  readonly reason: string;
  /** Ends of the sampled periods (bars; UTC days of intraday bars), epoch milliseconds: the columns of `returns`. */
  readonly periodEnds: Float64Array;
  readonly periodsPerYear: number;
  /** Equal sets give equal bits, whatever else is in the call. */
  run(sets: readonly ParamSet[], wants?: SweepWants): SweepResult;
  /** The equity curve, orders, fills and trades of one set. @throws SigmaError when the set fails */
  trace(set: ParamSet): SweepTrace;
}
