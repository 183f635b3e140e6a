/** The returns of many trials over the same periods, one row a set. */
import { invariant } from '../../core/index.ts';

export type ReturnMatrix = {
  /** Simple returns a period, row after row: sets x periods. */
  readonly returns: Float64Array;
  readonly sets: number;
  readonly periods: number;
};

/** Row s without copying. */
export function rowOf({ returns, periods }: ReturnMatrix, s: number): Float64Array {
  return returns.subarray(s * periods, (s + 1) * periods);
}

/**
 * Rows that can be judged: every return is finite. A failed trial has NaN in its row and is left out of every statistic.
 * @throws Error when the returns are not sets x periods
 */
export function usableRows(matrix: ReturnMatrix): Int32Array {
  const { returns, sets, periods } = matrix;
  invariant(returns.length === sets * periods, `${returns.length} returns are not ${sets} sets x ${periods} periods`);
  const rows: number[] = [];
  for (let s = 0; s < sets; s++) if (periods > 0 && isFiniteRow(returns, s * periods, periods)) rows.push(s);
  return Int32Array.from(rows);
}

function isFiniteRow(values: Float64Array, from: number, count: number): boolean {
  // A sum of finite values may overflow, a sum of zeros times them cannot: 0 x NaN and 0 x Infinity are NaN.
  let check = 0;
  for (let i = from; i < from + count; i++) check += 0 * values[i]!;
  return check === 0;
}
