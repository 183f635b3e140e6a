/** Compound annual growth. */
import { defined } from '../../statistics/index.ts';
import { totalReturn } from './total-return.ts';

/**
 * (1 + total)^(1 / years) - 1 as a fraction a year.
 * @param total return over the whole time; -1 or less (ruin) gives -1
 * @returns NaN unless years > 0
 */
export function cagr(total: number, years: number): number {
  if (!(years > 0) || Number.isNaN(total)) return Number.NaN;
  return total <= -1 ? -1 : defined((1 + total) ** (1 / years) - 1);
}

/** CAGR counted in periods instead of calendar time: (1 + total)^(periodsPerYear / n) - 1 (empyrical's annual return). */
export function annualReturn(returns: Float64Array, periodsPerYear: number): number {
  return cagr(totalReturn(returns), returns.length / periodsPerYear);
}
