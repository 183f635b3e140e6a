/** The ten most used indicators against their peers, interleaved. */
import {
  adx,
  atr,
  bars,
  bollinger,
  type Expr,
  ema,
  highest,
  macd,
  obv,
  rsi,
  sma,
  stochastic,
} from '../../src/lib/indicators/index.ts';
import { type Contender, interleave, peers, python, skipped, table, timed } from '../measure.ts';
import { evaluator, randomColumns } from './columns.ts';
import { npmPeers } from './npm-peers.ts';
import { startTaLib } from './talib.ts';

const ROWS = 1_000_000;
const ROUNDS = 5;

const bands = bollinger(bars.close, 20, 2);

const ten: Readonly<Record<string, readonly Expr[]>> = {
  sma: [sma(bars.close, 20)],
  ema: [ema(bars.close, 20)],
  rsi: [rsi(bars.close, 14)],
  macd: Object.values(macd(bars.close, 12, 26, 9)),
  atr: [atr(bars, 14)],
  bollinger: [bands.upper, bands.middle, bands.lower],
  stochastic: Object.values(stochastic(bars, 14, 3, 3)),
  adx: [adx(bars, 14)],
  highest: [highest(bars.close, 20)],
  obv: [obv(bars)],
};

/** All ten, or those named. */
export async function benchIndicators(only: readonly string[] = []): Promise<void> {
  const columns = randomColumns(ROWS);
  console.log(`\nIndicators at ${ROWS} values; sigma fills columns that are reused, peers return new ones as they do`);
  const { found, absent } =
    peers === undefined ? { found: [], absent: ['npm peers (SIGMA_BENCH_PEERS)'] } : await npmPeers(peers, columns);
  for (const name of absent) skipped(name, 'not installed');
  const talib = python === undefined ? undefined : await startTaLib(python, columns);
  if (talib === undefined) skipped('TA-Lib', python === undefined ? 'SIGMA_BENCH_PYTHON is not set' : 'not installed');
  for (const [name, expressions] of Object.entries(ten)) {
    if (only.length > 0 && !only.includes(name)) continue;
    const run = evaluator(expressions, columns);
    const contenders: Contender[] = [{ name: 'sigma', run: () => timed(run) }];
    if (talib !== undefined) contenders.push({ name: 'TA-Lib (C, from Python)', run: () => talib.seconds(name) });
    for (const peer of found) {
      const work = peer.work[name];
      if (work !== undefined) contenders.push({ name: peer.name, run: () => timed(work) });
    }
    for (let k = 0; k < 10; k++) run();
    table(name, await interleave(contenders, ROUNDS), ROWS, 'values');
  }
  talib?.close();
}
