/** The Sharpe estimate behind reported figures, so that what was measured earlier can be deflated by what is known now. */
import { deflatedSharpe, expectedMaxSharpe, minBacktestLength, type SharpeEstimate } from './sharpe-significance.ts';

/** As the metrics of the same names report them: annual Sharpe, G1 and G2, number of returns. */
export type SharpeFigures = {
  readonly sharpe: number;
  readonly skewness: number;
  readonly excessKurtosis: number;
  readonly periods: number;
};

/** Trials of a strategy family: how many, and the variance of their Sharpe ratios a period; 1 / (n - 1) stands for an unknown variance. */
export type TrialCount = { readonly count: number; readonly sharpeVariance: number };

/** Undoes the annualisation and the small-sample corrections of G1 and G2. */
export function sharpeEstimateOf(figures: SharpeFigures, periodsPerYear: number): SharpeEstimate {
  const { periods: n } = figures;
  return {
    sharpe: figures.sharpe / Math.sqrt(periodsPerYear),
    count: n,
    skewness: (figures.skewness * (n - 2)) / Math.sqrt(n * (n - 1)),
    kurtosis: ((figures.excessKurtosis * (n - 2) * (n - 3)) / (n - 1) - 6) / (n + 1) + 3,
  };
}

/** The metrics that depend on how many trials were made, under their keys; NaN where undefined. */
export type DeflatedFigures = {
  readonly dsr: number;
  /** Annual. */
  readonly expectedMaxSharpe: number;
  readonly trials: number;
  /** Years. */
  readonly minBacktestLength: number;
};

/** @param periodsPerYear that the Sharpe ratio was annualised with */
export function deflatedFigures(figures: SharpeFigures, periodsPerYear: number, trials: TrialCount): DeflatedFigures {
  const estimate = sharpeEstimateOf(figures, periodsPerYear);
  const count = Math.max(1, trials.count);
  const variance = Number.isFinite(trials.sharpeVariance) ? trials.sharpeVariance : 1 / (figures.periods - 1);
  return {
    dsr: deflatedSharpe(estimate, count, variance),
    expectedMaxSharpe: expectedMaxSharpe(count, variance * periodsPerYear),
    trials: count,
    minBacktestLength: figures.sharpe > 0 ? minBacktestLength(count, figures.sharpe) : Number.NaN,
  };
}
