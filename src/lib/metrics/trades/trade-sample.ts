/** The trades as columns, closed ones apart from open ones. */
import { DAY, type TradeRecord, type TradeRecords, tradeRecords } from '../../model/index.ts';
import { type Moments, moments } from '../../statistics/index.ts';
import { type GainsAndLosses, gainsAndLosses } from '../returns/gains-and-losses.ts';

export type TradeSample = {
  /** How many trades are closed and how many open. */
  readonly closed: number;
  readonly open: number;
  /** Sum of the profit of open trades. */
  readonly openPnl: number;
  /** Of closed trades in the order they were given. */
  readonly pnl: Float64Array;
  readonly returns: Float64Array;
  readonly days: Float64Array;
  readonly bars: Float64Array;
  readonly adverse: Float64Array;
  readonly favourable: Float64Array;
  /** Of profit after costs, and of the long and the short trades alone. */
  readonly gains: GainsAndLosses;
  readonly long: GainsAndLosses;
  readonly short: GainsAndLosses;
  readonly pnlMoments: Moments;
};

/** A trade without an exit time is open and stays out of every figure but those named open. */
export function tradeSample(trades: TradeRecords | readonly TradeRecord[]): TradeSample {
  const { columns, length } = 'columns' in trades ? trades : tradeRecords(trades);
  const { entryTime, exitTime, side } = columns;
  const isClosed = (row: number): boolean => Number.isFinite(exitTime[row]);
  const rows = rowsOf(length, isClosed);
  const open = rowsOf(length, (row) => !isClosed(row));
  const column = (pick: (row: number) => number): Float64Array => {
    const out = new Float64Array(rows.length);
    for (let k = 0; k < rows.length; k++) out[k] = pick(rows[k]!);
    return out;
  };
  const pnl = column((row) => columns.pnl[row]!);
  const ofSide = (wanted: TradeRecord['side']): GainsAndLosses =>
    gainsAndLosses(pnl.filter((_, k) => side.dictionary.text(side.codes[rows[k]!]!) === wanted));
  return {
    closed: rows.length,
    open: open.length,
    openPnl: open.reduce((sum, row) => sum + columns.pnl[row]!, 0),
    pnl,
    returns: column((row) => columns.return[row]!),
    days: column((row) => (exitTime[row]! - entryTime[row]!) / DAY),
    bars: column((row) => columns.bars[row]!),
    adverse: column((row) => columns.adverse[row]!),
    favourable: column((row) => columns.favourable[row]!),
    gains: gainsAndLosses(pnl),
    long: ofSide('long'),
    short: ofSide('short'),
    pnlMoments: moments(pnl),
  };
}

function rowsOf(length: number, wanted: (row: number) => boolean): Int32Array {
  const rows = new Int32Array(length);
  let count = 0;
  for (let row = 0; row < length; row++) if (wanted(row)) rows[count++] = row;
  return rows.subarray(0, count);
}
