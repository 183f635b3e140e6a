/** Depth below the running peak. */

/** value / peak so far - 1 at each value, <= 0. A value that is not finite gives NaN there and does not move the peak. */
export function drawdownSeries(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length);
  let peak = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value > peak && value < Number.POSITIVE_INFINITY) peak = value;
    out[i] = Number.isFinite(value) && peak > 0 ? value / peak - 1 : Number.NaN;
  }
  return out;
}

/** The same from returns, starting at the capital before the first: as long as the returns. */
export function drawdownOfReturns(returns: Float64Array): Float64Array {
  const growth = new Float64Array(returns.length + 1);
  growth[0] = 1;
  for (let i = 0; i < returns.length; i++) growth[i + 1] = growth[i]! * (1 + returns[i]!);
  return drawdownSeries(growth).subarray(1);
}

/** The deepest, <= 0; NaN when empty or one is NaN. */
export function maxDrawdown(depths: Float64Array): number {
  let worst = 0;
  for (let i = 0; i < depths.length; i++) {
    const depth = depths[i]!;
    if (Number.isNaN(depth)) return Number.NaN;
    if (depth < worst) worst = depth;
  }
  return depths.length === 0 ? Number.NaN : worst;
}

/** Root mean square depth (Martin 1987), >= 0; NaN when empty. */
export function ulcerIndex(depths: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < depths.length; i++) sum += depths[i]! * depths[i]!;
  return depths.length === 0 ? Number.NaN : Math.sqrt(sum / depths.length);
}

/** Mean depth (Becker 2006), >= 0; NaN when empty. */
export function painIndex(depths: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < depths.length; i++) sum -= depths[i]!;
  return depths.length === 0 ? Number.NaN : sum / depths.length;
}

/** Share of rows below the peak; NaN when empty or one is NaN. */
export function timeUnderWater(depths: Float64Array): number {
  let below = 0;
  for (let i = 0; i < depths.length; i++) {
    if (Number.isNaN(depths[i]!)) return Number.NaN;
    if (depths[i]! < 0) below++;
  }
  return depths.length === 0 ? Number.NaN : below / depths.length;
}
