/** Ratios of reward to what lies below a target: Sortino, Omega, Kappa, upside potential, gain to pain. */

import { moments, quotient } from '../../statistics/index.ts';
import { gainsAndLosses } from '../returns/gains-and-losses.ts';
import { downsideDeviation, partialMoment } from '../risk/volatility.ts';
import { perPeriodRate } from './sharpe.ts';

/**
 * (mean - target) / downside deviation, annualised by sqrt(periodsPerYear) (Sortino and Price 1994).
 * @param riskFree annual rate; its rate per period is the target
 */
export function sortino(returns: Float64Array, periodsPerYear: number, riskFree = 0): number {
  const target = perPeriodRate(riskFree, periodsPerYear);
  const annual = (moments(returns).mean - target) * periodsPerYear;
  return quotient(annual, downsideDeviation(returns, periodsPerYear, target));
}

/** sum max(r - target, 0) / sum max(target - r, 0) (Keating and Shadwick 2002). */
export function omega(returns: Float64Array, target = 0): number {
  return quotient(partialMoment(returns, target, 1, 1), partialMoment(returns, target, -1, 1));
}

/** (mean - target) / cube root of the third lower partial moment, a period (Kaplan and Knowles 2004). */
export function kappa3(returns: Float64Array, target = 0): number {
  return quotient(moments(returns).mean - target, Math.cbrt(partialMoment(returns, target, -1, 3)));
}

/** mean max(r - target, 0) / downside deviation, a period (Sortino, van der Meer and Plantinga 1999). */
export function upsidePotential(returns: Float64Array, target = 0): number {
  return quotient(partialMoment(returns, target, 1, 1), Math.sqrt(partialMoment(returns, target, -1, 2)));
}

/** Sum of returns over the absolute sum of the negative ones (Schwager 2012). */
export function gainToPain(returns: Float64Array): number {
  const { gained, lost } = gainsAndLosses(returns);
  return quotient(gained + lost, -lost);
}
