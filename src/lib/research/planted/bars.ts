/** A planted market as one-minute bars, so that its channels can be recovered from open, high, low, close and volume. */
import { type Bars, instrument, MINUTE } from '../../model/index.ts';
import type { PlantedMarket } from './market.ts';

/** Price, volume and log width of a bar whose channels are all 0. */
const firstPrice = 100;
const ordinaryVolume = 1000;
const ordinaryWidth = 4e-4;
/** What one unit of a channel is worth: a log return, a log volume, a log width, the log ratio of the two wicks. */
const returnUnit = 5e-4;
const activityUnit = 0.4;
const spreadUnit = 0.25;
const impactUnit = 0.5;

/**
 * The expressions over bars that give the planted channels back, up to an affine map, from the second bar on: return from closes, activity from volume,
 * spread from what the range has over the body, impact from how unevenly the wicks share it.
 */
export const plantedExpressions = {
  return: 'log(close / lag(close, 1))',
  activity: 'log(volume)',
  spread: 'log(log(high / low) - abs(log(close / open)))',
  impact: 'log(log(high / max(open, close)) / log(min(open, close) / low))',
} as const;

/** One entry an instrument; each bar opens at the close before it. */
export function plantedBars({ panel }: PlantedMarket): Bars[] {
  return panel.series.map(({ symbol, at, values }) => {
    const [returns, activity, spread, impact] = values as [Float64Array, Float64Array, Float64Array, Float64Array];
    const column = (): Float64Array => new Float64Array(at.length);
    const [open, high, low, close] = [column(), column(), column(), column()];
    let log = Math.log(firstPrice);
    for (let row = 0; row < at.length; row++) {
      open[row] = Math.exp(log);
      log += returnUnit * returns[row]!;
      close[row] = Math.exp(log);
      const width = ordinaryWidth * Math.exp(spreadUnit * spread[row]!);
      const above = width / (1 + Math.exp(-impactUnit * impact[row]!));
      high[row] = Math.max(open[row]!, close[row]!) * Math.exp(above);
      low[row] = Math.min(open[row]!, close[row]!) * Math.exp(above - width);
    }
    return {
      instrument: instrument(symbol, { kind: 'equity', lotSize: 0 }),
      timeframe: '1m',
      closeOnly: false,
      time: at.map((known) => known - MINUTE),
      open,
      high,
      low,
      close,
      volume: activity.map((a) => ordinaryVolume * Math.exp(activityUnit * a)),
    };
  });
}
