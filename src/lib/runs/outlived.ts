/** Positions whose instrument has no more bars: nothing fills an order that would close them. */
import { approximateMs, type Bars, closeTime, formatTime, type TradeRecord } from '../model/index.ts';

/** Bars that an instrument may lack at the end without a word: markets do not all end on one day. */
const lateBars = 5;

/** One line on what is held beyond its last bar, `end` being the last instant of the run. */
export function outlived(trades: Iterable<TradeRecord>, bars: readonly Bars[], end: number): readonly string[] {
  const stuck: string[] = [];
  for (const { symbol, exitTime } of trades) {
    if (!Number.isNaN(exitTime)) continue;
    const of = bars.find(({ instrument }) => instrument.symbol === symbol);
    const last = of?.time.at(-1);
    if (of === undefined || last === undefined) continue;
    const { timeframe } = of;
    if (closeTime(timeframe, last) + lateBars * approximateMs(timeframe) <= end)
      stuck.push(`${symbol} (${formatTime(last)})`);
  }
  if (stuck.length === 0) return [];
  const some = stuck.length > 3 ? `${stuck.slice(0, 3).join(', ')} and ${stuck.length - 3} more` : stuck.join(', ');
  return [`held to the end at the price of its last bar, after which nothing could close it: ${some}`];
}
