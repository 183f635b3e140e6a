/** Split conformal prediction (Papadopoulos et al. 2002; Lei et al. 2018): limits that hold for exchangeable rows whatever their distribution. */

/**
 * Rank of the limit among n calibration scores, ceil((n + 1)(1 - alpha)), 1 or more: infinite when n is too small to promise
 * 1 - alpha. NaN for an alpha outside (0, 1): a certain limit is no score, and no promise needs none.
 */
export function conformalRank(n: number, alpha: number): number {
  if (!(n >= 0 && alpha > 0 && alpha < 1)) return Number.NaN;
  // (n + 1)(1 - alpha) that should be whole may come out a rounding above it.
  const rank = Math.max(1, Math.ceil((n + 1) * (1 - alpha) - 1e-9));
  return rank > n ? Number.POSITIVE_INFINITY : rank;
}

/** A score that the next row stays at or below with probability 1 - alpha or more. Missing scores count as the largest. Infinite and NaN as the rank. */
export function conformalLimit(scores: ArrayLike<number>, alpha: number): number {
  const rank = conformalRank(scores.length, alpha);
  if (!Number.isFinite(rank)) return rank;
  const sorted = Float64Array.from(scores, (score) => (Number.isNaN(score) ? Number.POSITIVE_INFINITY : score)).sort();
  return sorted[rank - 1]!;
}
