/** What a strategy earned in each regime of its benchmark: rising or falling, calm or turbulent. */
import { median } from '../../statistics/index.ts';

export type RegimeInput = {
  /** Positive values at the same times. */
  readonly equity: ArrayLike<number>;
  readonly benchmark: ArrayLike<number>;
  readonly periodsPerYear: number;
  /** Periods that a regime is judged by; a quarter of a year when left out. */
  readonly window?: number;
};

export type RegimeResult = {
  readonly trend: 'rising' | 'falling';
  readonly volatility: 'calm' | 'turbulent';
  readonly periods: number;
  /** Part of the periods that have a regime. */
  readonly share: number;
  /** Sum of log returns: those of all regimes add up to that of the time they cover. */
  readonly logReturn: number;
  /** The same of the benchmark. */
  readonly benchmarkLogReturn: number;
  /** Continuously compounded, a year of such periods. */
  readonly annual: number;
  /** Mean over its standard error; NaN for fewer than 3 periods or without variance. */
  readonly tStatistic: number;
};

/**
 * The regime of a period is judged by the window before it, so nothing in it is known from the period itself: rising when the
 * benchmark stood no lower than a window earlier, turbulent when its deviation over the window is above the median of all windows.
 * Regimes that never occurred are left out; none where there are fewer than three windows or the curves are not positive.
 */
export function regimeBreakdown(input: RegimeInput): readonly RegimeResult[] {
  const { equity, benchmark, periodsPerYear, window = Math.max(5, Math.round(periodsPerYear / 4)) } = input;
  const rows = Math.min(equity.length, benchmark.length);
  if (!(window >= 2) || rows < 3 * window + 1) return [];
  const own = logReturns(equity, rows);
  const market = logReturns(benchmark, rows);
  if (own === undefined || market === undefined) return [];
  const deviation = rollingDeviation(market, window);
  const middle = median(deviation.subarray(window));
  const cells = new Map<string, number[]>();
  for (let i = window; i < own.length; i++) {
    const trend = benchmark[i]! >= benchmark[i - window]! ? 'rising' : 'falling';
    const key = `${trend} ${deviation[i]! > middle ? 'turbulent' : 'calm'}`;
    const members = cells.get(key);
    if (members === undefined) cells.set(key, [i]);
    else members.push(i);
  }
  const all = own.length - window;
  return regimes.flatMap(([trend, volatility]) => {
    const members = cells.get(`${trend} ${volatility}`);
    if (members === undefined) return [];
    const returns = members.map((i) => own[i]!);
    const logReturn = sum(returns);
    return [
      {
        trend,
        volatility,
        periods: members.length,
        share: members.length / all,
        logReturn,
        benchmarkLogReturn: sum(members.map((i) => market[i]!)),
        annual: (logReturn / members.length) * periodsPerYear,
        tStatistic: tOf(returns),
      },
    ];
  });
}

const regimes = [
  ['rising', 'calm'],
  ['rising', 'turbulent'],
  ['falling', 'calm'],
  ['falling', 'turbulent'],
] as const;

/** The return of each period after the first value; undefined when a value is not positive and finite. */
function logReturns(values: ArrayLike<number>, rows: number): Float64Array | undefined {
  const out = new Float64Array(rows - 1);
  for (let i = 0; i < rows; i++) {
    if (!(values[i]! > 0) || !Number.isFinite(values[i]!)) return undefined;
    if (i > 0) out[i - 1] = Math.log(values[i]! / values[i - 1]!);
  }
  return out;
}

/** Deviation of the `window` returns before each; 0 before there are as many. */
function rollingDeviation(returns: Float64Array, window: number): Float64Array {
  const out = new Float64Array(returns.length);
  let total = 0;
  let squares = 0;
  for (let i = 0; i < returns.length; i++) {
    if (i >= window) out[i] = Math.sqrt(Math.max(0, squares - (total * total) / window) / (window - 1));
    const gone = i >= window ? returns[i - window]! : 0;
    total += returns[i]! - gone;
    squares += returns[i]! ** 2 - gone ** 2;
  }
  return out;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function tOf(values: readonly number[]): number {
  const n = values.length;
  if (n < 3) return Number.NaN;
  const mean = sum(values) / n;
  const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / (n - 1);
  return variance > 0 ? mean / Math.sqrt(variance / n) : Number.NaN;
}
