/** Mean, variance, skewness and kurtosis of a sample in two passes. */

export type Moments = {
  readonly count: number;
  readonly mean: number;
  /** Sample variance (divisor n - 1); NaN under two values, exactly 0 when the values differ by rounding only. */
  readonly variance: number;
  readonly deviation: number;
  /** Population skewness m3 / m2^1.5; NaN without variance. */
  readonly skewness: number;
  /** Population kurtosis m4 / m2^2, 3 for a normal; NaN without variance. */
  readonly kurtosis: number;
};

/** @param values any length; a value that is not finite makes every moment NaN */
export function moments(values: Float64Array): Moments {
  const count = values.length;
  let sum = 0;
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    sum += value;
    const size = Math.abs(value);
    if (size > largest) largest = size;
  }
  const mean = Number.isFinite(sum) && count > 0 ? sum / count : Number.NaN;
  let two = 0;
  let three = 0;
  let four = 0;
  for (let i = 0; i < count; i++) {
    const d = values[i]! - mean;
    const square = d * d;
    two += square;
    three += square * d;
    four += square * square;
  }
  const varies = !(Math.sqrt(two / count) <= roundingFloor(largest));
  return momentsOfSums(count, mean, [two, three, four], varies);
}

/**
 * The same from the sums of the values and of their squares, cubes and fourth powers, all finite. About as many digits are
 * lost as the mean is larger than the deviation: for returns, none that matter.
 */
export function momentsOfPowerSums(
  count: number,
  [one, square, cube, fourth]: readonly [number, number, number, number],
): Moments {
  const mean = count > 0 ? one / count : Number.NaN;
  const two = square - mean * one;
  const three = cube - 3 * mean * square + 2 * mean * mean * one;
  const four = fourth - 4 * mean * cube + 6 * mean * mean * square - 3 * mean * mean * mean * one;
  return momentsOfSums(count, mean, [two, three, four], two > 0);
}

/** @param sums of squares, cubes and fourth powers of what differs from the mean */
function momentsOfSums(
  count: number,
  mean: number,
  [two, three, four]: readonly [number, number, number],
  varies: boolean,
): Moments {
  const variance = count < 2 ? Number.NaN : varies ? two / (count - 1) : 0;
  const m2 = two / count;
  const shaped = varies && count > 1;
  return {
    count,
    mean,
    variance,
    deviation: Math.sqrt(variance),
    skewness: shaped ? three / count / m2 ** 1.5 : Number.NaN,
    kurtosis: shaped ? four / count / (m2 * m2) : Number.NaN,
  };
}

/** The deviation alone, to the bit. */
export function deviationOfPowerSums(count: number, one: number, square: number): number {
  const two = square - (one / count) * one;
  return count < 2 ? Number.NaN : Math.sqrt(two > 0 ? two / (count - 1) : 0);
}

/** Deviations below this are rounding: a constant growth rate recovered from an equity curve is not exactly constant. */
function roundingFloor(largest: number): number {
  return Math.max(1e-12 * largest, 1e-15 * Math.min(1, largest * 1e6));
}

/** Adjusted Fisher-Pearson skewness G1 (pandas, Excel); NaN under three values. */
export function sampleSkewness({ count: n, skewness }: Moments): number {
  return n < 3 ? Number.NaN : (skewness * Math.sqrt(n * (n - 1))) / (n - 2);
}

/** Adjusted excess kurtosis G2 (pandas, Excel), 0 for a normal; NaN under four values. */
export function sampleExcessKurtosis({ count: n, kurtosis }: Moments): number {
  return n < 4 ? Number.NaN : ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * (kurtosis - 3) + 6);
}
