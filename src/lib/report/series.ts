/** The series a report draws, sampled the way the metrics are: intraday curves at day ends, the initial cash first. */
import { isIntraday, monthlyReturns, sampleDayEnds, simpleReturns } from '../metrics/index.ts';
import type { RunView } from './run-view.ts';

export type Sampled = {
  readonly intraday: boolean;
  /** When each return was complete. */
  readonly time: Float64Array;
  readonly returns: Float64Array;
  /** Returns of the benchmark over the same periods. */
  readonly benchmark?: Float64Array;
  readonly periodsPerYear: number;
};

/** Returns a period, a day long or longer. */
export function sampledReturns(view: RunView): Sampled {
  const { time, equity } = view.result.equity;
  const intraday = isIntraday(time);
  const sample = (values: Float64Array) => (intraday ? sampleDayEnds(time, values) : { time, value: values });
  const own = sample(equity);
  return {
    intraday,
    time: own.time.subarray(1),
    returns: simpleReturns(own.value),
    ...(view.benchmark === undefined ? {} : { benchmark: simpleReturns(sample(view.benchmark.value).value) }),
    periodsPerYear: view.metrics['periodsPerYear'] ?? view.periodsPerYear,
  };
}

export type YearReturns = {
  readonly year: number;
  /** January to December; NaN where there is no value. */
  readonly months: Float64Array;
  readonly total: number;
};

/** Returns by calendar month and year (UTC), from the initial cash on. */
export function calendarReturns(view: RunView): YearReturns[] {
  const { time, equity } = view.result.equity;
  if (time.length === 0) return [];
  const table = monthlyReturns({ time: after(time[0]!, time), value: after(view.result.totals.initial, equity) });
  return table.years.map((year, i) => ({ year, months: table.months[i]!, total: table.total[i]! }));
}

/** The values with one before them. */
function after(first: number, values: Float64Array): Float64Array {
  const out = new Float64Array(values.length + 1);
  out[0] = first;
  out.set(values, 1);
  return out;
}
