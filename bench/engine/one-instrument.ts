/** Event engine, one instrument: 10 M bars through the handler strategy. */
import { type Bars, blocksFromBars, createRng, defaultRunConfig, instrument, MINUTE, runBacktest } from 'sigma-quant';
import { environment, interleave, table, timed } from '../measure.ts';
import { trend } from './trend.ts';

export function walk(length: number, seed: number): Bars {
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
  return { ...bars, instrument: instrument('TEST'), timeframe: '1m', closeOnly: false };
}

const bars = walk(Number(process.env['SIGMA_BENCH_BARS'] ?? 10_000_000), 1);
console.log(environment());
let trades = 0;
const sigma = {
  name: 'sigma event engine',
  run: () =>
    timed(() => {
      const result = runBacktest({
        strategy: trend,
        params: {},
        source: blocksFromBars([bars]),
        config: defaultRunConfig,
      });
      trades = result.trades.length;
    }),
};
table(`one instrument, ${bars.time.length} bars`, await interleave([sigma], 5), bars.time.length, 'bars');
console.log(`  ${trades} trades`);
