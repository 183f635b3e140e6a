/** Sums over a run that several insights share. */
import type { TradeRecord } from '../../model/index.ts';
import type { RunView } from '../run-view.ts';

export type Facts = {
  readonly closed: readonly TradeRecord[];
  readonly winners: readonly TradeRecord[];
  readonly losers: readonly TradeRecord[];
  /** Change of equity over the run. */
  readonly net: number;
  /** Everything that trading took: fees, slippage, borrow, interest, funding. */
  readonly costs: number;
  /** Value traded, both ways. */
  readonly traded: number;
  readonly years: number;
};

export function factsOf(view: RunView): Facts {
  const { trades, fills, totals, equity } = view.result;
  const closed = trades.filter((trade) => !Number.isNaN(trade.exitTime));
  const first = equity.time[0] ?? 0;
  const last = equity.time.at(-1) ?? 0;
  return {
    closed,
    winners: closed.filter((trade) => trade.pnl > 0),
    losers: closed.filter((trade) => trade.pnl <= 0),
    net: totals.final - totals.initial,
    costs: totals.fees + totals.slippage + totals.borrow + totals.interest + totals.funding,
    traded: fills.reduce((sum, fill) => sum + fill.quantity * fill.price, 0),
    years: (last - first) / (365.25 * 86_400_000),
  };
}

export function sumPnl(trades: Iterable<TradeRecord>): number {
  let sum = 0;
  for (const trade of trades) sum += trade.pnl;
  return sum;
}

/** Profit by a key of the trade, largest first. */
export function pnlBy(
  trades: Iterable<TradeRecord>,
  key: (trade: TradeRecord) => string,
): [key: string, pnl: number][] {
  const sums = new Map<string, number>();
  for (const trade of trades) sums.set(key(trade), (sums.get(key(trade)) ?? 0) + trade.pnl);
  return [...sums].sort((a, b) => b[1] - a[1]);
}
