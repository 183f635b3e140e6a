/** How far the label of each period reaches: to the exit of the longest trade that is open in it. */
import { lowerBound, type TradeRecord } from '../../model/index.ts';

/** @param periodEnds ascending; a trade that is still open reaches the last of them */
export function labelEndsOf(
  trades: Iterable<Pick<TradeRecord, 'entryTime' | 'exitTime'>>,
  periodEnds: Float64Array,
): Int32Array {
  const last = periodEnds.length - 1;
  const ends = Int32Array.from(periodEnds, (_, t) => t);
  for (const { entryTime, exitTime } of trades) {
    const from = lowerBound(periodEnds, entryTime);
    const to = Number.isNaN(exitTime) ? last : Math.min(last, lowerBound(periodEnds, exitTime));
    for (let t = from; t < to; t++) if (ends[t]! < to) ends[t] = to;
  }
  return ends;
}
