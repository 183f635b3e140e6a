/** grademark on the bars in a file, in a process of its own: prints what a run takes as JSON. It gets its indicators as columns, for free. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { atr, type Bars, bars as b, ema, evaluate, instrument, MINUTE, rsi } from 'sigma-quant';
import { timed } from '../measure.ts';

type Bar = {
  readonly time: Date;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly trend: number;
  readonly momentum: number;
  readonly range: number;
};

type Grademark = {
  readonly backtest: (strategy: object, series: object) => { readonly profit: number }[];
  readonly DataFrame: new (rows: object) => object;
};

type Rule = { readonly bar: Bar };

const [folder, file, count] = process.argv.slice(2) as [string, string, string];
const require = createRequire(resolve(folder, 'package.json'));
const { backtest, DataFrame } = { ...require('grademark'), ...require('data-forge') } as Grademark;

const frame = new DataFrame(rowsOf(read(file, Number(count))));
const strategy = {
  entryRule: (enter: () => void, { bar }: Rule) => {
    if (bar.close > bar.trend && bar.momentum > 60) enter();
  },
  trailingStopLoss: ({ bar }: Rule) => 10 * bar.range,
  profitTarget: ({ bar }: Rule) => 20 * bar.range,
  fees: () => 0.05,
};
let trades = backtest(strategy, frame); // compiled
const seconds = timed(() => {
  trades = backtest(strategy, frame);
});
const final = 100_000 + trades.reduce((sum, t) => sum + t.profit, 0);
console.log(JSON.stringify({ seconds, trades: trades.length, final }));

/** Open, high, low and close one after another. */
function read(path: string, rows: number): Bars {
  const bytes = readFileSync(path);
  const all = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);
  const length = all.length / 4;
  const column = (k: number): Float64Array => all.slice(k * length, k * length + rows);
  const time = Float64Array.from({ length: rows }, (_, i) => Date.UTC(2000, 0, 1) + i * MINUTE);
  const prices = { open: column(0), high: column(1), low: column(2), close: column(3) };
  const volume = new Float64Array(rows).fill(1000);
  return { time, ...prices, volume, instrument: instrument('TEST'), timeframe: '1m', closeOnly: false };
}

function rowsOf(bars: Bars): Bar[] {
  const trend = evaluate(ema(b.close, 50), bars);
  const momentum = evaluate(rsi(b.close, 14), bars);
  const range = evaluate(atr(b, 14), bars);
  return Array.from(
    bars.time,
    (time, i): Bar => ({
      time: new Date(time),
      open: bars.open[i]!,
      high: bars.high[i]!,
      low: bars.low[i]!,
      close: bars.close[i]!,
      trend: trend[i]!,
      momentum: momentum[i]!,
      range: range[i]!,
    }),
  );
}
