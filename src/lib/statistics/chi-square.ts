/** The chi-square distribution. */
import { incompleteGamma } from './gamma.ts';

/** P(X <= x) with so many degrees of freedom, above 0; NaN for anything else. */
export function chiSquareCdf(x: number, degrees: number): number {
  return incompleteGamma(x / 2, degrees / 2);
}

/** x with P(X <= x) = p: bisection until the bracket is as narrow as doubles allow. NaN outside [0, 1]. */
export function chiSquareQuantile(p: number, degrees: number): number {
  if (!(p >= 0 && p <= 1 && degrees > 0)) return Number.NaN;
  if (p === 1) return Number.POSITIVE_INFINITY;
  let low = 0;
  let high = degrees + 1;
  while (chiSquareCdf(high, degrees) < p) high *= 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (chiSquareCdf(middle, degrees) < p) low = middle;
    else high = middle;
  }
}
