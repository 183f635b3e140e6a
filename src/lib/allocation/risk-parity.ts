/** Weights whose shares in the risk are equal, or as asked for. */
import { multiply, quadratic, type Symmetric } from './symmetric.ts';

/**
 * w_i (A w)_i / w' A w = share_i: the minimum of w' A w / 2 - sum share_i ln w_i (Spinu 2013) by cyclical coordinate descent
 * (Griveau-Billion, Richard and Roncalli 2013), scaled to sum to 1. All weights are above 0.
 * @param shares of the risk, above 0; equal unless given
 */
export function equalRisk(matrix: Symmetric, shares?: Float64Array): Float64Array {
  const { size, values } = matrix;
  const share = shares ?? new Float64Array(size).fill(1 / size);
  const y = Float64Array.from({ length: size }, (_, i) => 1 / Math.sqrt(size * values[i * size + i]!));
  const product = multiply(new Float64Array(size), matrix, y);
  for (let round = 0; round < 10_000; round++) {
    let moved = 0;
    for (let i = 0; i < size; i++) {
      const own = values[i * size + i]!;
      const rest = product[i]! - own * y[i]!;
      const next = (Math.sqrt(rest * rest + 4 * own * share[i]!) - rest) / (2 * own);
      const change = next - y[i]!;
      moved = Math.max(moved, Math.abs(change) / next);
      y[i] = next;
      for (let j = 0; j < size; j++) product[j]! += values[j * size + i]! * change;
    }
    if (moved < 1e-14) break;
  }
  const total = y.reduce((sum, w) => sum + w, 0);
  return y.map((w) => w / total);
}

/** w_i (A w)_i / w' A w: what each asset adds to the variance; they sum to 1. NaN without variance. */
export function riskShares(matrix: Symmetric, weights: Float64Array): Float64Array {
  const variance = quadratic(matrix, weights);
  return multiply(new Float64Array(matrix.size), matrix, weights).map((m, i) =>
    variance > 0 ? (weights[i]! * m) / variance : Number.NaN,
  );
}
