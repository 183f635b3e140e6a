/** Compounded return over a series. */
import { defined } from '../../statistics/index.ts';

/** prod(1 + r) - 1 as a fraction; NaN when empty or a return is not finite. */
export function totalReturn(returns: Float64Array): number {
  if (returns.length === 0) return Number.NaN;
  let growth = 1;
  for (let i = 0; i < returns.length; i++) growth *= 1 + returns[i]!;
  return defined(growth - 1);
}
