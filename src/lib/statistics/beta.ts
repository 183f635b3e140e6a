/** The beta distribution: its distribution function (the regularised incomplete beta function) and its quantile. */
import { logGamma } from './gamma.ts';

/** x^a (1 - x)^b / B(a, b). */
function weight(x: number, a: number, b: number): number {
  return Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b));
}

/**
 * I_x(a, b) = P(X <= x) for X ~ Beta(a, b): the continued fraction of DLMF 8.17.22, evaluated from the front (Lentz 1976),
 * on the side of the mean where it converges fast.
 * @param x in [0, 1]; a, b above 0; anything else is NaN
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0 && a + b < Number.POSITIVE_INFINITY)) return Number.NaN;
  if (x === 0 || x === 1) return x;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  return (weight(x, a, b) / a) * continuedFraction(x, a, b);
}

const TINY = 1e-300;
const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return fraction;
}

/**
 * x with I_x(a, b) = p: bisection until the bracket is as narrow as doubles allow. Exactly 0 and 1 at those ends, 0 too where x
 * is below 1e-300; NaN for another p and for a, b without a distribution.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1) || Number.isNaN(incompleteBeta(0.5, a, b))) return Number.NaN;
  if (p === 0 || p === 1) return p;
  let low = 0;
  let high = 1;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (incompleteBeta(middle, a, b) < p) low = middle;
    else high = middle;
    if (high < TINY) return 0;
  }
}
