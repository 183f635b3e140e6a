/** Number columns as short JSON: differences of scaled integers, a fifth of the size of the plain numbers. */

export type Packed = {
  /** Values are running sums of `v` x `m` / `d`; null is a missing value and adds nothing. */
  readonly m: number;
  readonly d: number;
  readonly v: readonly (number | null)[];
};

/** Keeps `decimals` digits after the point. */
export function packDecimals(values: ArrayLike<number>, decimals: number): Packed {
  return pack(values, 1, 10 ** decimals);
}

/** Keeps `digits` significant digits of the value of least magnitude that is not 0 (never more than 12 decimals). */
export function packSignificant(values: ArrayLike<number>, digits: number): Packed {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (size > 0 && size < least) least = size;
  }
  const decimals = Number.isFinite(least) ? digits - 1 - Math.floor(Math.log10(least)) : 0;
  return packDecimals(values, Math.max(0, Math.min(12, decimals)));
}

/** Times to the millisecond, in the largest whole unit they share. */
export function packTimes(values: ArrayLike<number>): Packed {
  const unit = [86_400_000, 3_600_000, 60_000, 1_000].find((u) => {
    for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i]!) && values[i]! % u !== 0) return false;
    return true;
  });
  return pack(values, unit ?? 1, 1);
}

function pack(values: ArrayLike<number>, m: number, d: number): Packed {
  let last = 0;
  const v = Array.from({ length: values.length }, (_, i) => {
    const value = values[i]!;
    if (!Number.isFinite(value)) return null;
    const scaled = Math.round((value * d) / m);
    const step = scaled - last;
    last = scaled;
    return step;
  });
  return { m, d, v };
}

export function unpack(packed: Packed): number[] {
  let last = 0;
  return packed.v.map((step) => {
    if (step === null) return Number.NaN;
    last += step;
    return (last * packed.m) / packed.d;
  });
}
