/** Draws of unit variance: Student t for fat tails, or normal. */
import type { Rng } from '../../core/index.ts';

/**
 * A source of draws with mean 0 and variance 1.
 * Student t by the polar method (Bailey 1994, "Polar generation of random variates with the t-distribution").
 * @param tail degrees of freedom above 2, or null for normal draws
 */
export function innovations(rng: Rng, tail: number | null): () => number {
  if (tail === null) return () => rng.normal();
  const scale = Math.sqrt((tail - 2) / tail);
  return () => {
    for (;;) {
      const u = 2 * rng.next() - 1;
      const v = 2 * rng.next() - 1;
      const w = u * u + v * v;
      if (w > 0 && w < 1) return scale * u * Math.sqrt((tail * (w ** (-2 / tail) - 1)) / w);
    }
  };
}
