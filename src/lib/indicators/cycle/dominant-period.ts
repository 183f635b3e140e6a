/** The dominant cycle without a Hilbert transform: the spectrum of the autocorrelation. */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel } from '../kernel.ts';
import { period } from '../parameter.ts';
import { roofingFilter } from './filters.ts';

type Spectrum = {
  readonly short: number;
  readonly long: number;
  readonly average: number;
  /** The last long + average values. */
  readonly values: Float64Array;
  readonly correlation: Float64Array;
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
  /** Smoothed power of each period. */
  readonly power: Float64Array;
  at: number;
  seen: number;
  peak: number;
  period: number;
};

/** Correlation of the last `average` values with those `lag` rows before; 0 where either is flat. */
function correlate(s: Spectrum, lag: number): number {
  const { values, average } = s;
  const size = values.length;
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let syy = 0;
  let sxy = 0;
  for (let k = 0; k < average; k++) {
    const i = s.at - 1 - k;
    const x = values[i < 0 ? i + size : i]!;
    const j = i - lag;
    const y = values[j < 0 ? j + size : j]!;
    sx += x;
    sy += y;
    sxx += x * x;
    syy += y * y;
    sxy += x * y;
  }
  const vx = average * sxx - sx * sx;
  const vy = average * syy - sy * sy;
  return vx > 0 && vy > 0 ? (average * sxy - sx * sy) / Math.sqrt(vx * vy) : 0;
}

function spectrumStep(s: Spectrum, x: number): number {
  const { short, long, average, values, correlation, cosines, sines, power } = s;
  values[s.at] = x;
  s.at = s.at + 1 === values.length ? 0 : s.at + 1;
  if (s.seen < values.length) s.seen++;
  if (s.seen < values.length) return Number.NaN;
  for (let lag = average; lag <= long; lag++) correlation[lag] = correlate(s, lag);
  let peak = 0.995 * s.peak;
  for (let p = short; p <= long; p++) {
    const row = p * (long + 1);
    let cosine = 0;
    let sine = 0;
    for (let lag = average; lag <= long; lag++) {
      const c = correlation[lag]!;
      cosine += c * cosines[row + lag]!;
      sine += c * sines[row + lag]!;
    }
    const square = cosine * cosine + sine * sine;
    const smoothed = 0.2 * square * square + 0.8 * power[p]!;
    power[p] = smoothed;
    if (smoothed > peak) peak = smoothed;
  }
  s.peak = peak;
  let weighted = 0;
  let total = 0;
  for (let p = short; p <= long; p++) {
    const share = peak > 0 ? power[p]! / peak : 0;
    if (share >= 0.5) {
      weighted += p * share;
      total += share;
    }
  }
  if (total > 0) s.period = weighted / total;
  return s.period;
}

/**
 * Dominant cycle length in rows, `short` to `long` (Ehlers 2013, code listing 8-3): autocorrelation of the roofing
 * filter over three rows, its spectrum smoothed over time, centre of gravity of the periods with at least half the peak power.
 * On flat input it is the middle of the range. About (long - short) long multiplications a row: 2,000 by default.
 */
export function dominantPeriod(x: Operand, short = 10, long = 48): Expr {
  period('dominantPeriod short', short, 2);
  period('dominantPeriod long', long, short + 1);
  const average = 3;
  const width = long + 1;
  const table = (f: (angle: number) => number): Float64Array =>
    Float64Array.from({ length: width * width }, (_, k) => f((2 * Math.PI * (k % width)) / Math.floor(k / width)));
  const cosines = table(Math.cos);
  const sines = table(Math.sin);
  const kernel = defineKernel<Spectrum>({
    name: 'dominantPeriod',
    args: [short, long],
    arity: 1,
    warmup: long + average - 1,
    recursive: true,
    init: () => ({
      short,
      long,
      average,
      values: new Float64Array(long + average),
      correlation: new Float64Array(width),
      cosines,
      sines,
      power: new Float64Array(width),
      at: 0,
      seen: 0,
      peak: 0,
      period: (short + long) / 2,
    }),
    step: spectrumStep,
  });
  return apply(kernel, roofingFilter(x, short, long));
}
