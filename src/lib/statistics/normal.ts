/** The standard normal distribution: density, distribution function and quantile, to double precision. */

const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);

/** Density at x. */
export function normalPdf(x: number): number {
  return Math.exp((-x * x) / 2) / SQRT_TWO_PI;
}

/** P(Z <= x): the series of Marsaglia (2004) in the middle, Laplace's continued fraction in the tails. */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x > 2) return 1 - lowerTail(-x);
  if (x < -2) return lowerTail(x);
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + sum * normalPdf(x);
}

/** P(Z <= x) for x < -2, with full relative precision. */
function lowerTail(x: number): number {
  if (x < -39) return 0;
  let fraction = 0;
  for (let k = 120; k >= 1; k--) fraction = k / (-x + fraction);
  return normalPdf(x) / (-x + fraction);
}

const CENTRE_NUM = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
];
const CENTRE_DEN = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1,
];
const TAIL_NUM = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const TAIL_DEN = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((value, c) => value * x + c, 0);

/** x with P(Z <= x) = p: Acklam's rational start (2003) refined by Halley's method. NaN outside [0, 1], infinite at its ends. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p > 0.5) return -normalQuantile(1 - p);
  let x: number;
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    x = polynomial(TAIL_NUM, q) / polynomial(TAIL_DEN, q);
  } else {
    const q = p - 0.5;
    x = (q * polynomial(CENTRE_NUM, q * q)) / polynomial(CENTRE_DEN, q * q);
  }
  for (let step = 0; step < 2; step++) {
    const error = (normalCdf(x) - p) / normalPdf(x);
    x -= error / (1 + (x * error) / 2);
  }
  return x;
}
