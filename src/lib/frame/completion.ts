/** When bars are complete. */
import { closeTime, type Timeframe, timeframeMs } from '../model/index.ts';

/** Writes completion times of rows [from, to). */
export function completionTimes(
  timeframe: Timeframe,
  time: Float64Array,
  at: Float64Array,
  from: number,
  to: number,
): void {
  const ms = timeframeMs(timeframe);
  if (Number.isNaN(ms)) for (let i = from; i < to; i++) at[i] = closeTime(timeframe, time[i]!);
  else for (let i = from; i < to; i++) at[i] = time[i]! + ms;
}
