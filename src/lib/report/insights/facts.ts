/** Sums over a run that several insights share. */
import type { RunView } from '../run-view.ts';
import { TradeRows } from './trade-rows.ts';

export type Facts = {
  /** Closed and open ones. */
  readonly trades: TradeRows;
  readonly closed: TradeRows;
  readonly winners: TradeRows;
  readonly losers: TradeRows;
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
  const all = new TradeRows(trades);
  const { exitTime, pnl } = all.columns;
  const closed = all.where((row) => !Number.isNaN(exitTime[row]!));
  const { quantity, price } = fills.columns;
  const first = equity.time[0] ?? 0;
  const last = equity.time.at(-1) ?? 0;
  return {
    trades: all,
    closed,
    winners: closed.where((row) => pnl[row]! > 0),
    losers: closed.where((row) => pnl[row]! <= 0),
    net: totals.final - totals.initial,
    costs: totals.fees + totals.slippage + totals.borrow + totals.interest + totals.funding,
    traded: quantity.reduce((sum, units, row) => sum + units * price[row]!, 0),
    years: (last - first) / (365.25 * 86_400_000),
  };
}
