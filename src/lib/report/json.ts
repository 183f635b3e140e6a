/** A finished run as the JSON document `sigma.run/1`. */
import type { Json } from '../core/index.ts';
import { commentary } from './insights/commentary.ts';
import { insights } from './insights/insights.ts';
import type { RunView } from './run-view.ts';
import { warnings } from './warnings.ts';

const RUN_SCHEMA = 'sigma.run/1';

/** Times are ISO 8601 in UTC, money in the account's currency, fractions as fractions; a missing or infinite number is null. */
export function runDocument(view: RunView): { readonly [key: string]: Json } {
  const { result } = view;
  const { time, equity, cash, gross, net } = result.equity;
  const column = (values: Float64Array): Json => Array.from(values, finite);
  return {
    schema: RUN_SCHEMA,
    id: view.id,
    status: view.status,
    ended: result.ended,
    strategy: { name: view.strategy, description: view.description },
    params: view.params,
    dataset: { ...view.dataset, symbols: [...view.dataset.symbols] },
    settings: Object.fromEntries(view.settings),
    currency: view.currency,
    period: { from: iso(time[0] ?? Number.NaN), to: iso(time.at(-1) ?? Number.NaN) },
    periodsPerYear: finite(view.periodsPerYear),
    totals: numbers(result.totals),
    bars: result.bars,
    instants: result.instants,
    ambiguousBars: result.ambiguousBars,
    ...(view.bounds === undefined ? {} : { bounds: numbers(view.bounds) }),
    metrics: numbers(view.metrics),
    intervals: Object.fromEntries(Object.entries(view.intervals).map(([key, pair]) => [key, pair.map(finite)])),
    warnings: warnings(view),
    commentary: commentary(view),
    insights: insights(view).map((insight) => ({
      ...insight,
      evidence: insight.evidence.map((item) => ({ ...item, value: finite(item.value) })),
    })),
    equity: {
      time: Array.from(time, iso),
      equity: column(equity),
      cash: column(cash),
      gross: column(gross),
      net: column(net),
    },
    ...(view.benchmark === undefined
      ? {}
      : { benchmark: { name: view.benchmark.name, value: column(view.benchmark.value) } }),
    orders: result.orders.map((order) => record(order, ['created', 'updated'])),
    fills: result.fills.map((fill) => record(fill, ['time'])),
    trades: result.trades.map((trade) => record(trade, ['entryTime', 'exitTime'])),
    log: result.log.map((entry) => record(entry, ['time'])),
    quality: view.quality.map((entry) => ({ ...entry, issues: entry.issues.map((issue) => ({ ...issue })) })),
  };
}

/** The document as text, one line, keys in a fixed order; ends with a line break. */
export function renderJson(view: RunView): string {
  return `${JSON.stringify(runDocument(view))}\n`;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function iso(time: number): string | null {
  return Number.isFinite(time) ? new Date(time).toISOString() : null;
}

function numbers(values: Readonly<Record<string, number>>): Json {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, finite(value)]));
}

function record(row: Readonly<Record<string, string | number | boolean>>, times: readonly string[]): Json {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      typeof value !== 'number' ? value : times.includes(key) ? iso(value) : finite(value),
    ]),
  );
}
