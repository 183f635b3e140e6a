/** Series a report draws, derived from the equity curve. */

/** Simple returns from one value to the next; length is one less than the values'. */
export function simpleReturns(values: ArrayLike<number>): Float64Array {
  const out = new Float64Array(Math.max(0, values.length - 1));
  for (let i = 0; i < out.length; i++) out[i] = values[i + 1]! / values[i]! - 1;
  return out;
}

/** Fraction below the running peak at each value, <= 0. */
export function drawdown(values: ArrayLike<number>): Float64Array {
  const out = new Float64Array(values.length);
  let peak = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    peak = Math.max(peak, values[i]!);
    out[i] = values[i]! / peak - 1;
  }
  return out;
}

export type YearReturns = {
  readonly year: number;
  /** January to December; NaN where there is no value. */
  readonly months: readonly number[];
  readonly total: number;
};

/** Returns by calendar month and year (UTC). A value stamped exactly at midnight closes the day before. */
export function calendarReturns(time: ArrayLike<number>, values: ArrayLike<number>): YearReturns[] {
  const years = new Map<number, { months: number[]; base: number; last: number }>();
  let previous = values[0] ?? Number.NaN;
  let base = previous;
  let month = -1;
  for (let i = 0; i < values.length; i++) {
    const date = new Date(time[i]! - 1);
    const key = date.getUTCFullYear() * 12 + date.getUTCMonth();
    if (key !== month) {
      base = previous;
      month = key;
    }
    let year = years.get(date.getUTCFullYear());
    if (year === undefined) {
      year = { months: new Array<number>(12).fill(Number.NaN), base, last: base };
      years.set(date.getUTCFullYear(), year);
    }
    year.months[date.getUTCMonth()] = values[i]! / base - 1;
    year.last = values[i]!;
    previous = values[i]!;
  }
  return [...years].map(([year, row]) => ({ year, months: row.months, total: row.last / row.base - 1 }));
}

/** Calls `at(i, sums)` for every full window ending at row i, with running sums of x, y, x^2, xy. */
function rolling(x: Float64Array, y: Float64Array, window: number, value: (s: Sums) => number): Float64Array {
  const out = new Float64Array(x.length).fill(Number.NaN);
  const s = { n: window, x: 0, y: 0, xx: 0, yy: 0, xy: 0 };
  for (let i = 0; i < x.length; i++) {
    add(s, x[i]!, y[i]!, 1);
    if (i >= window) add(s, x[i - window]!, y[i - window]!, -1);
    if (i >= window - 1) out[i] = value(s);
  }
  return out;
}

type Sums = { n: number; x: number; y: number; xx: number; yy: number; xy: number };

function add(s: Sums, x: number, y: number, sign: number): void {
  s.x += sign * x;
  s.y += sign * y;
  s.xx += sign * x * x;
  s.yy += sign * y * y;
  s.xy += sign * x * y;
}

const deviation = (s: Sums): number => Math.sqrt(Math.max(0, s.xx - (s.x * s.x) / s.n) / (s.n - 1));

export function rollingVolatility(returns: Float64Array, window: number, perYear: number): Float64Array {
  return rolling(returns, returns, window, (s) => deviation(s) * Math.sqrt(perYear));
}

export function rollingSharpe(returns: Float64Array, window: number, perYear: number): Float64Array {
  return rolling(returns, returns, window, (s) => (s.x / s.n / deviation(s)) * Math.sqrt(perYear));
}

export function rollingBeta(returns: Float64Array, benchmark: Float64Array, window: number): Float64Array {
  return rolling(returns, benchmark, window, (s) => (s.xy - (s.x * s.y) / s.n) / (s.yy - (s.y * s.y) / s.n));
}

/** Value below which the fraction `q` of the values lies (linear interpolation between order statistics). */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  const a = sorted[low] ?? Number.NaN;
  const b = sorted[Math.min(low + 1, sorted.length - 1)] ?? Number.NaN;
  return a + (b - a) * (at - low);
}
