/** One strategy over many parameter sets: what is asked and what comes back, whichever engine answers. */
import type { SigmaError } from '../core/index.ts';
import type { MetricKey } from '../metrics/index.ts';
import type { ParamSpecs, ParamValues } from '../strategy/index.ts';

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

export type ParamSet = ParamValues<ParamSpecs>;

export type SweepResult = {
  /** One value a set, in the order of the sets; NaN where undefined or where the set failed. */
  readonly figures: Readonly<Record<FigureKey, Float64Array>>;
  /** With `returns`: row s holds the simple returns of set s over the sweep's periods, sets x periods. */
  readonly returns?: Float64Array;
  /** Sets that threw, by place; the others are not affected. */
  readonly failures: ReadonlyMap<number, SigmaError>;
};

export interface Sweep {
  /** The engine that answers, and why it is the event engine where `auto` had to take it. */
  readonly engine: 'vectorised' | 'event';
  readonly reason: string;
  /** Ends of the sampled periods (bars; UTC days of intraday bars), epoch milliseconds: the columns of `returns`. */
  readonly periodEnds: Float64Array;
  readonly periodsPerYear: number;
  /** Equal sets give equal bits, whatever else is in the call. */
  run(sets: readonly ParamSet[], wants?: { readonly returns?: boolean }): SweepResult;
}
