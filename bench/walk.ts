/** A seeded one-minute random walk that stays near 100: input for benchmarks. */
import { type Bars, createRng, instrument, MINUTE } from 'sigma-quant';

export function walk(length: number, seed: number, symbol = 'TEST'): Bars {
  const rng = createRng(seed);
  const column = (): Float64Array => new Float64Array(length);
  const bars = { time: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
  let price = 100;
  for (let i = 0; i < length; i++) {
    const open = price;
    const close = open * (1 + 0.001 * rng.normal() - (open - 100) * 1e-6);
    bars.time[i] = Date.UTC(2000, 0, 1) + i * MINUTE;
    bars.open[i] = open;
    bars.high[i] = Math.max(open, close) * (1 + 0.0005 * rng.next());
    bars.low[i] = Math.min(open, close) * (1 - 0.0005 * rng.next());
    bars.close[i] = close;
    bars.volume[i] = 1000;
    price = close;
  }
  return { ...bars, instrument: instrument(symbol), timeframe: '1m', closeOnly: false };
}
