/** The chi-square distribution. */
import { incompleteGamma } from './gamma.ts';

/** P(X <= x) with so many degrees of freedom: 0 at 0, 1 at infinity, NaN for a negative x and for degrees that are not above 0 and finite. */
export function chiSquareCdf(x: number, degrees: number): number {
  return incompleteGamma(x / 2, degrees / 2);
}

/** x with P(X <= x) = p: bisection until the bracket is as narrow as doubles allow. 0 and infinite at the ends of [0, 1], NaN outside and as above. */
export function chiSquareQuantile(p: number, degrees: number): number {
  if (!(p >= 0 && p <= 1 && degrees > 0 && degrees < Number.POSITIVE_INFINITY)) return Number.NaN;
  if (p === 0) return 0;
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
