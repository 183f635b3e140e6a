/** The two-sample Kolmogorov-Smirnov test: are two samples from one continuous distribution? */

export type TwoSampleTest = {
  /** Largest distance of the two empirical distribution functions, in [0, 1]. */
  readonly distance: number;
  /** Probability of a distance as large or larger when both come from one continuous distribution. */
  readonly p: number;
};

/** Pairs up to which the p-value is counted exactly. */
const EXACT_PAIRS = 10_000;

/**
 * Values that are not finite are left out; NaN when either sample is empty. With ties p is conservative.
 * p is exact (Hodges 1958, by counting lattice paths) up to 10,000 pairs, then Kolmogorov's limit with the correction of Stephens (1970).
 */
export function kolmogorovSmirnov(a: Float64Array, b: Float64Array): TwoSampleTest {
  const x = a.filter(Number.isFinite).sort();
  const y = b.filter(Number.isFinite).sort();
  const [n, m] = [x.length, y.length];
  if (n === 0 || m === 0) return { distance: Number.NaN, p: Number.NaN };
  const steps = largestGap(x, y);
  return {
    distance: steps / (n * m),
    p: n * m <= EXACT_PAIRS ? exactP(n, m, steps) : kolmogorovP(steps / (n * m), n, m),
  };
}

/** The distance in units of 1 / (n m), a whole number. */
function largestGap(x: Float64Array, y: Float64Array): number {
  const [n, m] = [x.length, y.length];
  let [i, j, largest] = [0, 0, 0];
  while (i < n && j < m) {
    const value = Math.min(x[i]!, y[j]!);
    while (i < n && x[i] === value) i++;
    while (j < m && y[j] === value) j++;
    largest = Math.max(largest, Math.abs(i * m - j * n));
  }
  return largest;
}

/** Share of the orderings of n + m values, all equally likely, whose path from (0, 0) to (n, m) reaches the distance. */
function exactP(n: number, m: number, steps: number): number {
  // reached[j]: probability that a path to (i, j) has touched the limit.
  const reached = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= m; j++) {
      if (Math.abs(i * m - j * n) >= steps) reached[j] = 1;
      else if (i + j > 0) {
        const fromBelow = i > 0 ? i * reached[j]! : 0;
        const fromLeft = j > 0 ? j * reached[j - 1]! : 0;
        reached[j] = (fromBelow + fromLeft) / (i + j);
      }
    }
  }
  return reached[m]!;
}

/** Probability of such a distance or a larger one of two large samples from one continuous distribution: Kolmogorov's limit, corrected by Stephens (1970). */
export function kolmogorovP(distance: number, n: number, m: number): number {
  const root = Math.sqrt((n * m) / (n + m));
  const x = (root + 0.12 + 0.11 / root) * distance;
  // The alternating series converges slowly where p is 1 to double precision anyway.
  if (x < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) {
    const term = Math.exp(-2 * k * k * x * x);
    sum += k % 2 === 1 ? term : -term;
    if (term < 1e-17) break;
  }
  return Math.min(1, Math.max(0, 2 * sum));
}
