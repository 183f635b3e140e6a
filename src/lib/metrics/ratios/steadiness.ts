/** How straight the equity curve climbs in logarithms. */
import { fitLine, type Line, quotient } from '../../statistics/index.ts';

/** The line through cumulative log returns against 0, 1, 2, ...; NaN after ruin (a return of -1 or less). */
export function logGrowthLine(returns: Float64Array): Line {
  const x = new Float64Array(returns.length);
  const y = new Float64Array(returns.length);
  let sum = 0;
  for (let i = 0; i < returns.length; i++) {
    sum += Math.log1p(returns[i]!);
    x[i] = i;
    y[i] = sum;
  }
  return fitLine(x, y);
}

/** R^2 of that line (empyrical's stability of the time series). */
export function stability(line: Line): number {
  return line.correlation ** 2;
}

/** slope / standard error x sqrt(periodsPerYear) / n (Kestner 2013); NaN on a perfect line. */
export function kRatio(line: Line, count: number, periodsPerYear: number): number {
  if (1 - line.correlation ** 2 < 1e-14) return Number.NaN;
  return quotient(line.slope, line.slopeError) * (Math.sqrt(periodsPerYear) / count);
}
