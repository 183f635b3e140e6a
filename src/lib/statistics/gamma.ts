/** The gamma function's logarithm, and the distribution function of the gamma distribution. */

/** Coefficients B_2k / (2k (2k - 1)) of Stirling's series (Abramowitz and Stegun 1964, 6.1.40). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];

/** ln Gamma(x), x > 0: Stirling's series beyond 12, where seven terms give double precision; recurrence below. */
export function logGamma(x: number): number {
  let shift = 0;
  for (; x < 12; x++) shift += Math.log(x);
  let series = 0;
  for (let k = STIRLING.length - 1; k >= 0; k--) series = series / (x * x) + STIRLING[k]!;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series / x - shift;
}

/**
 * P(X <= x) for X ~ Gamma(shape, 1), the regularised lower incomplete gamma function: its power series (DLMF 8.7.1) below the
 * mean, one minus the continued fraction of the upper part (DLMF 8.9.2, evaluated from the front, Lentz 1976) above.
 * @returns NaN for a negative x or a shape that is not above 0
 */
export function incompleteGamma(x: number, shape: number): number {
  if (!(x >= 0 && shape > 0 && shape < Number.POSITIVE_INFINITY)) return Number.NaN;
  if (x === 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  const weight = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  if (x < shape + 1) return (weight * series(x, shape)) / shape;
  return 1 - weight * upperFraction(x, shape);
}

function series(x: number, shape: number): number {
  let sum = 1;
  for (let term = 1, k = 1; term > 1e-17 * sum; k++) {
    term *= x / (shape + k);
    sum += term;
  }
  return sum;
}

function upperFraction(x: number, shape: number): number {
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k <= 100_000; k++) {
    const a = k * (shape - k);
    b += 2;
    d = 1 / (b + a * d);
    c = b + a / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return fraction;
}
