/** Scores to probabilities by the best non-decreasing fit: isotonic regression by pooling adjacent violators (Ayer et al. 1955; Barlow et al. 1972). */
import { invariant } from '../../core/index.ts';

/** A non-decreasing polyline: constant beyond its ends, straight between its knots. */
export type MonotoneCurve = { readonly scores: readonly number[]; readonly values: readonly number[] };

/**
 * The non-decreasing values with the least weighted squared distance from the outcomes. Equal scores get one value.
 * A pair whose score or outcome is missing, or whose weight is 0, is left out; without a pair the curve has no knot.
 * @param outcomes usually 0 or 1
 * @param weights at least 0; all 1 when absent
 */
export function isotonic(
  scores: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  weights?: ArrayLike<number>,
): MonotoneCurve {
  invariant(scores.length === outcomes.length, `${scores.length} scores for ${outcomes.length} outcomes`);
  const blocks: Block[] = [];
  const rows = sortedRows(scores, outcomes, weights);
  for (let next = 0; next < rows.length; ) {
    const score = scores[rows[next]!]!;
    let [weight, sum] = [0, 0];
    // Equal scores are one observation: pooled one by one they could join what only a part of them falls below.
    for (; next < rows.length && scores[rows[next]!] === score; next++) {
      const row = rows[next]!;
      const counts = weights?.[row] ?? 1;
      weight += counts;
      sum += counts * outcomes[row]!;
    }
    blocks.push({ from: score, to: score, weight, sum });
    pool(blocks);
  }
  const curve = { scores: [] as number[], values: [] as number[] };
  for (const { from, to, weight, sum } of blocks) {
    for (const score of from === to ? [from] : [from, to]) {
      curve.scores.push(score);
      curve.values.push(sum / weight);
    }
  }
  return curve;
}

type Block = { readonly from: number; readonly to: number; readonly weight: number; readonly sum: number };

function sortedRows(
  scores: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): number[] {
  const usable = Array.from({ length: scores.length }, (_, i) => i).filter(
    (i) => Number.isFinite(scores[i]) && Number.isFinite(outcomes[i]) && (weights?.[i] ?? 1) > 0,
  );
  return usable.sort((a, b) => scores[a]! - scores[b]! || a - b);
}

/** Joins the last block with those before it until their means rise. */
function pool(blocks: Block[]): void {
  for (let last = blocks.length - 1; last > 0; last--) {
    const a = blocks[last - 1]!;
    const b = blocks[last]!;
    if (a.sum / a.weight < b.sum / b.weight) return;
    blocks.splice(last - 1, 2, { from: a.from, to: b.to, weight: a.weight + b.weight, sum: a.sum + b.sum });
  }
}

/** Value of the curve at a score; NaN for a missing score or a curve without a knot. */
export function valueAt({ scores, values }: MonotoneCurve, score: number): number {
  const count = scores.length;
  if (count === 0 || Number.isNaN(score)) return Number.NaN;
  if (score <= scores[0]!) return values[0]!;
  if (score >= scores[count - 1]!) return values[count - 1]!;
  let low = 0;
  let high = count - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (scores[middle]! <= score) low = middle;
    else high = middle;
  }
  const share = (score - scores[low]!) / (scores[high]! - scores[low]!);
  return values[low]! + share * (values[high]! - values[low]!);
}
