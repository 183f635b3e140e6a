/** What the metrics are computed from. */
import type { EquityCurve, FillRecord, FillRecords, TradeRecord, TradeRecords } from '../model/index.ts';

/** Sums over the run in the account's currency; positive is paid. */
export type CostTotals = {
  readonly fees: number;
  readonly slippage: number;
  readonly borrow: number;
  readonly funding: number;
};

export type PerformanceInput = {
  /** Rows in time order; times are the instants the values were known (a daily bar: the midnight that ends it). */
  readonly equity: EquityCurve;
  /** Those of a run, or a list of one's own. */
  readonly trades: TradeRecords | readonly TradeRecord[];
  readonly fills: FillRecords | readonly FillRecord[];
  readonly costs: CostTotals;
  /** Cash at the start, > 0. */
  readonly initial: number;
  /** Annual rate as a fraction; 0 unless given. */
  readonly riskFree?: number;
  /** Values by time, taken as of each equity time: the last at or before it. */
  readonly benchmark?: { readonly time: Float64Array; readonly value: Float64Array };
  /** Inferred from the spacing of the rows unless given. */
  readonly periodsPerYear?: number;
  /** How many variants were tried to find this one, and the variance of their per-period Sharpe ratios (1 / (n - 1) unless given). */
  readonly trials?: { readonly count: number; readonly sharpeVariance?: number };
};
