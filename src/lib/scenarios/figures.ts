/** The figures of a run that a scenario may expect something of: every metric, and counts of what became of its orders. */
import { metricCatalog } from '../metrics/index.ts';
import type { Run } from '../runs/index.ts';

type Source = Pick<Run, 'result' | 'metrics'>;

const counts = {
  pnl: ({ result }) => result.totals.final - result.totals.initial,
  finalEquity: ({ result }) => result.totals.final,
  orders: ({ result }) => result.orders.length,
  fills: ({ result }) => result.fills.length,
  rejectedOrders: ({ result }) => result.orders.filter((order) => order.status === 'rejected').length,
  cancelledOrders: ({ result }) => result.orders.filter((order) => order.status === 'cancelled').length,
  /** Sent, but not filled whole: rejected, cancelled, expired or still working. */
  unfilledOrders: ({ result }) => result.orders.filter((order) => order.filled < order.quantity).length,
  ambiguousBars: ({ result }) => result.ambiguousBars,
  warnings: ({ result }) => result.log.filter((entry) => entry.level === 'warn').length,
  fees: ({ result }) => result.totals.fees,
  slippage: ({ result }) => result.totals.slippage,
} as const satisfies Readonly<Record<string, (run: Source) => number>>;

/** Names that `expect` knows. */
export const figureNames: readonly string[] = [
  ...new Set([...Object.keys(counts), ...metricCatalog.map((metric) => metric.key)]),
];

export type Figures = Readonly<Record<string, number>>;

/** Every figure of a run by name. */
export function figuresOfRun(run: Source): Figures {
  const counted = Object.entries(counts).map(([name, of]) => [name, of(run)] as const);
  return { ...run.metrics, ...Object.fromEntries(counted) };
}

/** What a baseline keeps: profit, risk and trading of a run in few numbers. */
export const baselineFigures: readonly string[] = [
  'pnl',
  'maxDrawdown',
  'trades',
  'openTrades',
  'orders',
  'rejectedOrders',
  'fees',
  'slippage',
];

/** Figures that are whole numbers. */
export function isCount(name: string): boolean {
  return /Orders$|^(orders|fills|trades|openTrades|ambiguousBars|warnings)$/.test(name);
}
