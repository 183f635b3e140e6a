/** A fill as a run records it. */
import type { FillLog, VenueReport } from '../model/index.ts';
import type { Account, TradeBook } from '../portfolio/index.ts';
import type { OrderDesk } from './orders.ts';
import type { Recorder } from './recorder.ts';

type Fill = Extract<VenueReport, { kind: 'filled' }>;

/** Appends a row. */
export function writeFill(log: FillLog, fill: Fill): void {
  const row = log.length;
  log.extend(row + 1);
  const { cells } = log;
  cells.id.values[row] = row + 1;
  cells.order.values[row] = fill.order;
  cells.symbol.codes[row] = fill.instrument;
  cells.side.put(row, fill.quantity > 0 ? 'buy' : 'sell');
  cells.time.values[row] = fill.time;
  cells.quantity.values[row] = Math.abs(fill.quantity);
  cells.price.values[row] = fill.price;
  cells.fee.values[row] = fill.fee;
  cells.slippage.values[row] = fill.slippage;
  cells.liquidity.put(row, fill.liquidity);
}

/** Where a fill goes. */
export type FillBooks = {
  readonly account: Account;
  readonly recorder: Recorder;
  readonly trades: TradeBook;
  readonly fills: FillLog;
  /** Knows the orders; one of nobody's is a margin call. */
  readonly desk: Pick<OrderDesk, 'state'>;
};

/** Brings a fill into the account, the curve, the trades and the records. */
export function takeFill({ account, recorder, trades, fills, desk }: FillBooks, report: Fill): void {
  const { instrument, quantity, price, fee, slippage, time } = report;
  const state = desk.state(report.order);
  const tag = state === undefined ? 'margin call' : (state.request.tag ?? '');
  account.applyFill(instrument, quantity, price, fee, slippage);
  account.value();
  if (report.atClose) recorder.amend(account);
  trades.fill(instrument, quantity, price, fee, time, tag);
  writeFill(fills, report);
}
