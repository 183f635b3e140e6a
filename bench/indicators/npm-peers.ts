/** The same ten indicators from npm packages, looked up in a folder given by SIGMA_BENCH_PEERS. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Columns } from './columns.ts';

export type Peer = { readonly name: string; readonly work: Readonly<Record<string, () => unknown>> };

/** What the packages export is theirs and untyped: the one place where it is called as it comes. */
// biome-ignore lint/suspicious/noExplicitAny: foreign packages
type Foreign = any;

const lists = (columns: Columns) => ({
  open: Array.from(columns.open),
  high: Array.from(columns.high),
  low: Array.from(columns.low),
  close: Array.from(columns.close),
  volume: Array.from(columns.volume),
});

type Lists = ReturnType<typeof lists>;

function indicatorts(m: Foreign, { high, low, close, volume }: Lists): Peer['work'] {
  return {
    sma: () => m.sma(close, { period: 20 }),
    ema: () => m.ema(close, { period: 20 }),
    rsi: () => m.rsi(close, { period: 14 }),
    macd: () => m.macd(close),
    atr: () => m.atr(high, low, close, { period: 14 }),
    bollinger: () => m.bb(close, { period: 20 }),
    stochastic: () => m.stoch(high, low, close, { kPeriod: 14, dPeriod: 3 }),
    highest: () => m.mmax(close, { period: 20 }),
    obv: () => m.obv(close, volume),
  };
}

function technicalIndicators(m: Foreign, { high, low, close, volume }: Lists): Peer['work'] {
  return {
    sma: () => m.SMA.calculate({ period: 20, values: close }),
    ema: () => m.EMA.calculate({ period: 20, values: close }),
    rsi: () => m.RSI.calculate({ period: 14, values: close }),
    macd: () =>
      m.MACD.calculate({
        values: close,
        fastPeriod: 12,
        slowPeriod: 26,
        signalPeriod: 9,
        SimpleMAOscillator: false,
        SimpleMASignal: false,
      }),
    atr: () => m.ATR.calculate({ period: 14, high, low, close }),
    bollinger: () => m.BollingerBands.calculate({ period: 20, stdDev: 2, values: close }),
    stochastic: () => m.Stochastic.calculate({ period: 14, signalPeriod: 3, high, low, close }),
    adx: () => m.ADX.calculate({ period: 14, high, low, close }),
    highest: () => m.Highest.calculate({ period: 20, values: close }),
    obv: () => m.OBV.calculate({ close, volume }),
  };
}

function tulind(m: Foreign, { high, low, close, volume }: Lists): Peer['work'] {
  const run = (name: string, inputs: readonly (readonly number[])[], options: readonly number[]) => () =>
    m.indicators[name].indicator(inputs, options, () => undefined);
  return {
    sma: run('sma', [close], [20]),
    ema: run('ema', [close], [20]),
    rsi: run('rsi', [close], [14]),
    macd: run('macd', [close], [12, 26, 9]),
    atr: run('atr', [high, low, close], [14]),
    bollinger: run('bbands', [close], [20, 2]),
    stochastic: run('stoch', [high, low, close], [14, 3, 3]),
    adx: run('adx', [high, low, close], [14]),
    highest: run('max', [close], [20]),
    obv: run('obv', [close, volume], []),
  };
}

function tradingSignals(m: Foreign, { open, high, low, close, volume }: Lists): Peer['work'] {
  const candles = close.map((c, i) => ({ open: open[i], high: high[i], low: low[i], close: c, volume: volume[i] }));
  const feed = (make: () => Foreign, values: readonly unknown[]) => () => {
    const indicator = make();
    for (const value of values) indicator.update(value, false);
  };
  return {
    sma: feed(() => new m.SMA(20), close),
    ema: feed(() => new m.EMA(20), close),
    rsi: feed(() => new m.RSI(14), close),
    macd: feed(() => new m.MACD(new m.EMA(12), new m.EMA(26), new m.EMA(9)), close),
    atr: feed(() => new m.ATR(14), candles),
    bollinger: feed(() => new m.BollingerBands(20), close),
    stochastic: feed(() => new m.StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 }), candles),
    adx: feed(() => new m.ADX(14), candles),
    obv: feed(() => new m.OBV(2), candles),
  };
}

const known = { 'trading-signals': tradingSignals, indicatorts, technicalindicators: technicalIndicators, tulind };

/** The packages that are there, and why others are not. */
export async function npmPeers(
  folder: string,
  columns: Columns,
): Promise<{ readonly found: readonly Peer[]; readonly absent: readonly string[] }> {
  const require = createRequire(join(folder, 'package.json'));
  const found: Peer[] = [];
  const absent: string[] = [];
  for (const [name, workOf] of Object.entries(known)) {
    try {
      const esm = name === 'trading-signals';
      const entry = esm ? join(folder, 'node_modules/trading-signals/dist/index.js') : require.resolve(name);
      const loaded: Foreign = await import(pathToFileURL(entry).href);
      found.push({ name, work: workOf(loaded.default ?? loaded, lists(columns)) });
    } catch (error) {
      absent.push(`${name} (${error instanceof Error ? error.message.split('\n')[0] : error})`);
    }
  }
  return { found, absent };
}
