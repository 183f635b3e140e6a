/** What a Sharpe ratio is worth given its length, its tails and the number of tries (Bailey and Lopez de Prado 2012, 2014). */
import { defined, normalCdf, normalQuantile } from '../../statistics/index.ts';

/** A Sharpe ratio estimate, per period (not annualised). */
export type SharpeEstimate = {
  readonly sharpe: number;
  /** Returns it was estimated from. */
  readonly count: number;
  /** Skewness and kurtosis of the returns; 0 and 3 for a normal. */
  readonly skewness: number;
  readonly kurtosis: number;
};

const EULER_GAMMA = 0.5772156649015329;

/** (1 - S SR + (K - 1) / 4 SR^2): the variance of SR-hat x (n - 1) (Mertens 2002). */
function shape({ sharpe, skewness, kurtosis }: SharpeEstimate): number {
  return 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
}

/** Standard error of the per-period Sharpe ratio; NaN under two returns. */
export function sharpeStandardError(estimate: SharpeEstimate): number {
  return estimate.count < 2 ? Number.NaN : Math.sqrt(shape(estimate) / (estimate.count - 1));
}

/** P(true Sharpe > threshold), Bailey and Lopez de Prado 2012 eq. 9. @param threshold per period */
export function probabilisticSharpe(estimate: SharpeEstimate, threshold = 0): number {
  return normalCdf((estimate.sharpe - threshold) / sharpeStandardError(estimate));
}

/**
 * Expected largest Sharpe ratio of `trials` independent skill-less trials (2014, eq. 1), in the unit of sqrt(variance).
 * Correlated trials may amount to between one and two: there the formula falls below 0, and a straight line stands for it.
 * @param trials >= 1; one trial expects 0
 * @param variance of the Sharpe ratios across trials
 */
export function expectedMaxSharpe(trials: number, variance = 1): number {
  if (!(trials >= 1)) return Number.NaN;
  if (trials < 2) return (trials - 1) * expectedMaxSharpe(2, variance);
  const body = (1 - EULER_GAMMA) * normalQuantile(1 - 1 / trials);
  const tail = EULER_GAMMA * normalQuantile(1 - 1 / (trials * Math.E));
  return Math.sqrt(variance) * (body + tail);
}

/** Probabilistic Sharpe ratio against the expected maximum of the trials (2014, eq. 2). @param variance of per-period Sharpe ratios across trials */
export function deflatedSharpe(estimate: SharpeEstimate, trials: number, variance: number): number {
  return probabilisticSharpe(estimate, expectedMaxSharpe(trials, variance));
}

/**
 * Periods needed to say with `confidence` that the true Sharpe exceeds the threshold (2012, eq. 11).
 * @returns NaN when the estimate does not exceed it: no length will do
 */
export function minTrackRecord(estimate: SharpeEstimate, threshold = 0, confidence = 0.95): number {
  if (!(estimate.sharpe > threshold)) return Number.NaN;
  return defined(1 + shape(estimate) * (normalQuantile(confidence) / (estimate.sharpe - threshold)) ** 2);
}

/** Years below which `trials` skill-less trials are expected to show an annual Sharpe of `sharpe` (Bailey et al. 2014, eq. 6). */
export function minBacktestLength(trials: number, sharpe = 1): number {
  return defined((expectedMaxSharpe(trials) / sharpe) ** 2);
}
