/** What the same money would have become without the strategy: equal-weight buy and hold. */
import { type Bars, barCount, closeTime } from '../model/index.ts';

/**
 * The value, at each of `times`, of `cash` split equally over the instruments at the first of them and then left alone.
 * An instrument that lists later is bought at its first close; until then its share waits in cash. Missing closes keep the last one.
 * @param times ascending epoch milliseconds at which bars complete
 */
export function buyAndHold(bars: readonly Bars[], times: Float64Array, cash: number): Float64Array {
  const value = new Float64Array(times.length);
  const share = cash / bars.length;
  for (const one of bars) {
    const total = barCount(one);
    let row = 0;
    let price = Number.NaN;
    let bought = Number.NaN;
    for (let i = 0; i < times.length; i++) {
      while (row < total && closeTime(one.timeframe, one.time[row]!) <= times[i]!) {
        const close = one.close[row]!;
        if (close > 0) price = close;
        row++;
      }
      if (Number.isNaN(bought)) bought = price;
      value[i] = value[i]! + (Number.isNaN(bought) ? share : (share * price) / bought);
    }
  }
  return value;
}
