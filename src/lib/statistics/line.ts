/** The least-squares line through (x, y). */
import { moments } from './moments.ts';

export type Line = {
  readonly slope: number;
  readonly intercept: number;
  /** Pearson correlation. */
  readonly correlation: number;
  /** Standard errors under independent errors of equal variance; NaN under three points. */
  readonly slopeError: number;
  readonly interceptError: number;
};

const undefinedLine: Line = {
  slope: Number.NaN,
  intercept: Number.NaN,
  correlation: Number.NaN,
  slopeError: Number.NaN,
  interceptError: Number.NaN,
};

/** Fits y = intercept + slope x; all NaN when x does not vary, the lengths differ or a value is not finite. */
export function fitLine(x: Float64Array, y: Float64Array): Line {
  const n = x.length;
  const mx = moments(x);
  const my = moments(y);
  if (n < 2 || n !== y.length || !(mx.variance > 0) || Number.isNaN(my.variance)) return undefinedLine;
  let cross = 0;
  for (let i = 0; i < n; i++) cross += (x[i]! - mx.mean) * (y[i]! - my.mean);
  const xx = mx.variance * (n - 1);
  const yy = my.variance * (n - 1);
  const slope = yy === 0 ? 0 : cross / xx;
  const residual = n > 2 ? Math.max(0, yy - slope * cross) / (n - 2) : Number.NaN;
  return {
    slope,
    intercept: my.mean - slope * mx.mean,
    correlation: yy === 0 ? Number.NaN : Math.max(-1, Math.min(1, cross / Math.sqrt(xx * yy))),
    slopeError: Math.sqrt(residual / xx),
    interceptError: Math.sqrt(residual * (1 / n + (mx.mean * mx.mean) / xx)),
  };
}
