/** The trades as columns, closed ones apart from open ones. */
import { DAY, type TradeRecord } from '../../model/index.ts';
import { type GainsAndLosses, gainsAndLosses } from '../returns/gains-and-losses.ts';
import { type Moments, moments } from '../statistics/moments.ts';

export type TradeSample = {
  /** Closed trades in the order they were given. */
  readonly closed: readonly TradeRecord[];
  readonly open: readonly TradeRecord[];
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
export function tradeSample(trades: readonly TradeRecord[]): TradeSample {
  const closed = trades.filter((trade) => Number.isFinite(trade.exitTime));
  const column = (pick: (trade: TradeRecord) => number): Float64Array => Float64Array.from(closed, pick);
  const pnl = column((trade) => trade.pnl);
  const ofSide = (side: TradeRecord['side']): GainsAndLosses =>
    gainsAndLosses(pnl.filter((_, i) => closed[i]!.side === side));
  return {
    closed,
    open: trades.filter((trade) => !Number.isFinite(trade.exitTime)),
    pnl,
    returns: column((trade) => trade.return),
    days: column((trade) => (trade.exitTime - trade.entryTime) / DAY),
    bars: column((trade) => trade.bars),
    adverse: column((trade) => trade.adverse),
    favourable: column((trade) => trade.favourable),
    gains: gainsAndLosses(pnl),
    long: ofSide('long'),
    short: ofSide('short'),
    pnlMoments: moments(pnl),
  };
}
