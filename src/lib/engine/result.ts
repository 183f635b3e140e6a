/** What the engine hands back when a run ends. */
import type { EquityCurve, FillRecords, LogRecords, OrderRecords, TradeRecords } from '../model/index.ts';
import { type Account, TOTAL } from '../portfolio/index.ts';

export type RunTotals = {
  readonly initial: number;
  readonly final: number;
  readonly realised: number;
  readonly unrealised: number;
  readonly fees: number;
  readonly slippage: number;
  readonly borrow: number;
  readonly interest: number;
  readonly funding: number;
  readonly dividends: number;
};

export type EngineResult = {
  readonly equity: EquityCurve;
  readonly orders: OrderRecords;
  readonly fills: FillRecords;
  readonly trades: TradeRecords;
  readonly log: LogRecords;
  readonly totals: RunTotals;
  /** Bars seen, instants valued, and bars on which the intrabar path decided a fill. */
  readonly bars: number;
  readonly instants: number;
  readonly ambiguousBars: number;
  /** `finished`, or why it ended early: the risk rule's reason, or `interrupted`. */
  readonly ended: string;
};

export function totalsOf({ totals, config }: Account): RunTotals {
  return {
    initial: config.cash,
    final: totals[TOTAL.equity]!,
    realised: totals[TOTAL.realised]!,
    unrealised: totals[TOTAL.unrealised]!,
    fees: totals[TOTAL.fees]!,
    slippage: totals[TOTAL.slippage]!,
    borrow: totals[TOTAL.borrow]!,
    interest: totals[TOTAL.interest]!,
    funding: totals[TOTAL.funding]!,
    dividends: totals[TOTAL.dividends]!,
  };
}
