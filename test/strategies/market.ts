/** Made-up prices with a fixed seed: a random walk with drift that turns, so that every kind of strategy finds something to do. */
import { createRng } from '../../src/lib/core/index.ts';
import { type Bars, DAY, instrument } from '../../src/lib/model/index.ts';

/** Daily bars of `rows` days; drift changes its sign every `turn` days. */
export function wanderingBars(symbol: string, seed: number, rows = 800, turn = 150): Bars {
  const rng = createRng(seed);
  const columns = { open: [] as number[], high: [] as number[], low: [] as number[], close: [] as number[] };
  let last = 100;
  for (let row = 0; row < rows; row++) {
    const drift = Math.floor(row / turn) % 2 === 0 ? 0.002 : -0.002;
    const open = last * Math.exp(0.002 * rng.normal());
    const close = open * Math.exp(drift + 0.012 * rng.normal());
    columns.open.push(open);
    columns.close.push(close);
    columns.high.push(Math.max(open, close) * (1 + 0.004 * rng.next()));
    columns.low.push(Math.min(open, close) * (1 - 0.004 * rng.next()));
    last = close;
  }
  return bars(symbol, columns);
}

/** A second instrument that follows the first one in log prices, with a gap that opens and closes. */
export function followingBars(symbol: string, leader: Bars, seed: number): Bars {
  const rng = createRng(seed);
  let gap = 0;
  const close = Array.from(leader.close, (price) => {
    gap += -0.08 * gap + 0.01 * rng.normal();
    return 50 * (price / 100) ** 0.8 * Math.exp(gap);
  });
  return bars(symbol, { open: close, high: close, low: close, close });
}

type Prices = { open: number[]; high: number[]; low: number[]; close: number[] };

function bars(symbol: string, { open, high, low, close }: Prices): Bars {
  return {
    instrument: instrument(symbol),
    timeframe: '1d',
    closeOnly: false,
    time: Float64Array.from(close, (_, row) => Date.UTC(2020, 0, 1) + row * DAY),
    open: Float64Array.from(open),
    high: Float64Array.from(high),
    low: Float64Array.from(low),
    close: Float64Array.from(close),
    volume: new Float64Array(close.length).fill(1e9),
  };
}
