/** The strategy against its benchmark: the market line and what is read off it. */

import { fitLine, type Line, moments, quotient } from '../../statistics/index.ts';
import { annualReturn } from '../returns/cagr.ts';

/** Regression of excess returns on the benchmark's (Sharpe 1964): slope is beta, intercept Jensen's alpha a period (Jensen 1968). */
export function marketLine(excess: Float64Array, benchmarkExcess: Float64Array): Line {
  return fitLine(benchmarkExcess, excess);
}

/** Beta over the periods where the benchmark's excess return was above (side 1) or below (-1) zero. */
export function sidedBeta(excess: Float64Array, benchmarkExcess: Float64Array, side: -1 | 1): number {
  const [own, market] = onSide(excess, benchmarkExcess, side);
  return fitLine(market, own).slope;
}

/** Annualised return in the benchmark's up (side 1) or down (-1) periods over the benchmark's own there (Morningstar; empyrical). */
export function capture(returns: Float64Array, benchmark: Float64Array, side: -1 | 1, periodsPerYear: number): number {
  const [own, market] = onSide(returns, benchmark, side);
  return quotient(annualReturn(own, periodsPerYear), annualReturn(market, periodsPerYear));
}

/** Standard deviation of the difference to the benchmark, annualised. */
export function trackingError(returns: Float64Array, benchmark: Float64Array, periodsPerYear: number): number {
  return moments(difference(returns, benchmark)).deviation * Math.sqrt(periodsPerYear);
}

/** Mean difference to the benchmark over its deviation, annualised (Grinold and Kahn 1999). */
export function informationRatio(returns: Float64Array, benchmark: Float64Array, periodsPerYear: number): number {
  const m = moments(difference(returns, benchmark));
  return quotient(m.mean, m.deviation) * Math.sqrt(periodsPerYear);
}

/** Share of periods with a return above the benchmark's. */
export function battingAverage(returns: Float64Array, benchmark: Float64Array): number {
  let ahead = 0;
  for (let i = 0; i < returns.length; i++) if (returns[i]! > benchmark[i]!) ahead++;
  return quotient(ahead, returns.length);
}

/** a - b, row by row. */
export function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!);
}

function onSide(own: Float64Array, market: Float64Array, side: -1 | 1): [own: Float64Array, market: Float64Array] {
  const rows: number[] = [];
  for (let i = 0; i < market.length; i++) if (side * market[i]! > 0) rows.push(i);
  return [Float64Array.from(rows, (i) => own[i]!), Float64Array.from(rows, (i) => market[i]!)];
}
