/** One exponential average, row by row: the state and the step that every loop over it agrees with to the bit. */

/**
 * The recurrence e += (x - e) weight waits for its own result at every row. Written from a base four rows back it waits
 * half as long: each e is base + a weighted sum of the distances of the rows since to the base (0 on flat input, so that
 * flat stays exactly flat).
 */
export type Smoothed = {
  readonly weight: number;
  /** 1 - weight, its square, and weight (1 - weight). */
  readonly keep: number;
  readonly keepTwice: number;
  readonly weightKept: number;
  readonly period: number;
  /** Rows left to ignore, then rows left to average for the seed. */
  skip: number;
  left: number;
  sum: number;
  base: number;
  /** Rows since the base, 0 to 3; distance of the last row to the base; weighted sum after two rows. */
  phase: number;
  distance: number;
  pair: number;
};

function seed(s: Smoothed, x: number): number {
  if (s.skip > 0) {
    s.skip--;
    return Number.NaN;
  }
  s.sum += x;
  if (--s.left > 0) return Number.NaN;
  s.base = s.sum / s.period;
  return s.base;
}

export function averageStep(s: Smoothed, x: number): number {
  if (s.left > 0) return seed(s, x);
  const d = x - s.base;
  if (s.phase === 0) {
    s.phase = 1;
    s.distance = d;
    return s.base + d * s.weight;
  }
  if (s.phase === 1) {
    s.phase = 2;
    s.pair = s.distance * s.weightKept + d * s.weight;
    return s.base + s.pair;
  }
  if (s.phase === 2) {
    s.phase = 3;
    s.distance = d;
    return s.base + (s.pair * s.keep + d * s.weight);
  }
  s.phase = 0;
  s.base += s.pair * s.keepTwice + (s.distance * s.weightKept + d * s.weight);
  return s.base;
}

/** Rows of one attempt without looking for gaps. */
export const STRETCH = 512;

/** `seed` values are averaged for the first value, after `skip` that are ignored. */
export type Start = { readonly weight: number; readonly seed: number; readonly skip: number };

export function startAverage({ weight, seed: rows, skip }: Start): Smoothed {
  const keep = 1 - weight;
  return {
    weight,
    keep,
    keepTwice: keep * keep,
    weightKept: weight * keep,
    period: rows,
    skip,
    left: rows,
    sum: 0,
    base: Number.NaN,
    phase: 0,
    distance: Number.NaN,
    pair: Number.NaN,
  };
}
