/** Bars for tests: a seeded random walk of positive prices. */
import { createRng } from '../../src/lib/core/index.ts';
import { type Bars, DAY, type Instrument, instrument, type Timeframe, timeframeMs } from '../../src/lib/model/index.ts';

export type BarsFixtureOptions = {
  readonly seed?: number;
  readonly from?: number;
  readonly timeframe?: Timeframe;
  readonly closeOnly?: boolean;
  readonly instrument?: Partial<Instrument>;
};

export function barsFixture(symbol: string, rows: number, options: BarsFixtureOptions = {}): Bars {
  const { seed = 1, from = Date.UTC(2020, 0, 1), timeframe = '1d', closeOnly = false } = options;
  const rng = createRng(seed);
  const step = timeframeMs(timeframe) || DAY;
  const column = (): Float64Array => new Float64Array(rows);
  const close = column();
  const [time, open, high, low, volume] = [column(), column(), column(), column(), column()];
  let price = 100;
  for (let i = 0; i < rows; i++) {
    time[i] = from + i * step;
    open[i] = price;
    price *= Math.exp(0.01 * rng.normal());
    close[i] = price;
    high[i] = Math.max(open[i]!, price) * 1.001;
    low[i] = Math.min(open[i]!, price) * 0.999;
    volume[i] = rng.integer(1_000_000);
  }
  const details = instrument(symbol, options.instrument);
  if (closeOnly)
    return {
      instrument: details,
      timeframe,
      closeOnly,
      time,
      open: close,
      high: close,
      low: close,
      close,
      volume: volume.fill(Number.NaN),
    };
  return { instrument: details, timeframe, closeOnly, time, open, high, low, close, volume };
}
