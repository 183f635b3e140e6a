/** Depth below the running peak, row by row, and its summary. */

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

/** Of a drawdown series; all NaN when it is empty or has a NaN. */
export type DepthSummary = {
  /** The deepest, <= 0: maximum drawdown. */
  readonly worst: number;
  /** The last, <= 0. */
  readonly current: number;
  /** Root mean square (ulcer index, Martin 1987), >= 0. */
  readonly ulcer: number;
  /** Mean size (pain index, Becker 2006), >= 0. */
  readonly pain: number;
  /** Share of rows below the peak. */
  readonly underWater: number;
};

/** One pass over the depths. */
export function depthSummary(depths: Float64Array): DepthSummary {
  return summarise(depths, false);
}

/** `depthSummary(drawdownSeries(values))` without the series between. */
export function depthSummaryOfValues(values: Float64Array): DepthSummary {
  return summarise(values, true);
}

function summarise(rows: Float64Array, areValues: boolean): DepthSummary {
  const n = rows.length;
  let peak = Number.NEGATIVE_INFINITY;
  let depth = Number.NaN;
  let worst = 0;
  let below = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    depth = rows[i]!;
    if (areValues) {
      const value = depth;
      if (value > peak && value < Number.POSITIVE_INFINITY) peak = value;
      depth = value === peak && peak > 0 ? 0 : Number.isFinite(value) && peak > 0 ? value / peak - 1 : Number.NaN;
    }
    sum += depth;
    squares += depth * depth;
    if (depth < 0) {
      below++;
      if (depth < worst) worst = depth;
    }
  }
  const bad = Number.isNaN(sum) ? Number.NaN : 0;
  return {
    worst: worst + (n === 0 ? Number.NaN : bad),
    current: depth + bad,
    ulcer: Math.sqrt(squares / n),
    pain: n === 0 ? Number.NaN : Math.abs(sum) / n,
    underWater: below / n + bad,
  };
}

/** The deepest, <= 0; NaN when empty or one is NaN. */
export function maxDrawdown(depths: Float64Array): number {
  return depthSummary(depths).worst;
}
