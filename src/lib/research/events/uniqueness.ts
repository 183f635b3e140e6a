/** How much labels that overlap in time say beyond each other (Lopez de Prado 2018, ch. 4). */
import { invariant } from '../../core/index.ts';

/**
 * Labels of one series: made of the returns after row `start` up to row `end`. One that ends where it starts is made of none.
 */
export type LabelSpans = { readonly start: ArrayLike<number>; readonly end: ArrayLike<number> };

/** Labels that the return into each of `rows` rows is part of. */
export function concurrency({ start, end }: LabelSpans, rows: number): Int32Array {
  const alive = new Int32Array(rows + 1);
  for (let i = 0; i < start.length; i++) {
    invariant(start[i]! >= 0 && end[i]! >= start[i]! && end[i]! < rows, `a label from ${start[i]} to ${end[i]}`);
    alive[start[i]! + 1]!++;
    alive[end[i]! + 1]!--;
  }
  for (let row = 1; row < rows; row++) alive[row]! += alive[row - 1]!;
  return alive.subarray(0, rows);
}

/** Mean of 1 / concurrency over a label's returns: 1 when nothing overlaps it, 0 for a label without returns. */
export function averageUniqueness(spans: LabelSpans, rows: number): Float64Array {
  const alive = concurrency(spans, rows);
  const shares = new Float64Array(rows);
  for (let row = 1; row < rows; row++) shares[row] = shares[row - 1]! + (alive[row] === 0 ? 0 : 1 / alive[row]!);
  return Float64Array.from(spans.start, (start, i) => {
    const end = spans.end[i]!;
    return end === start ? 0 : (shares[end]! - shares[start]!) / (end - start);
  });
}

/** Weights of samples by their uniqueness, scaled to a mean of 1; all 0 when no label has returns. */
export function uniquenessWeights(spans: LabelSpans, rows: number): Float64Array {
  const uniqueness = averageUniqueness(spans, rows);
  const sum = uniqueness.reduce((total, u) => total + u, 0);
  return uniqueness.map((u) => (sum === 0 ? 0 : (u * uniqueness.length) / sum));
}
