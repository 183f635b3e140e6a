/** Annualised standard deviations of returns. */
import { moments } from '../../statistics/index.ts';

/** Sample standard deviation x sqrt(periodsPerYear), a fraction a year; NaN under two returns. */
export function volatility(returns: Float64Array, periodsPerYear: number): number {
  return moments(returns).deviation * Math.sqrt(periodsPerYear);
}

/**
 * Downside deviation sqrt(mean(min(r - target, 0)^2)) x sqrt(periodsPerYear), over all n returns (Sortino and van der Meer 1991).
 * @param target minimum acceptable return a period
 */
export function downsideDeviation(returns: Float64Array, periodsPerYear: number, target = 0): number {
  return Math.sqrt(partialMoment(returns, target, -1, 2) * periodsPerYear);
}

/** The same above the target. */
export function upsideDeviation(returns: Float64Array, periodsPerYear: number, target = 0): number {
  return Math.sqrt(partialMoment(returns, target, 1, 2) * periodsPerYear);
}

/** mean(max(side (r - target), 0)^order): lower (side -1) or upper (side 1) partial moment (Fishburn 1977). NaN when empty or not finite. */
export function partialMoment(returns: Float64Array, target: number, side: -1 | 1, order: number): number {
  let sum = 0;
  for (let i = 0; i < returns.length; i++) {
    const r = returns[i]!;
    if (!Number.isFinite(r)) return Number.NaN;
    const beyond = side * (r - target);
    if (beyond > 0) sum += order === 1 ? beyond : order === 2 ? beyond * beyond : beyond ** order;
  }
  return returns.length === 0 ? Number.NaN : sum / returns.length;
}
