/** The ten most used indicators against their peers, interleaved. */
import {
  adx,
  atr,
  bars,
  bollinger,
  createWorkbench,
  type Expr,
  ema,
  evaluateAll,
  highest,
  macd,
  obv,
  rsi,
  sma,
  stochastic,
} from '../../src/lib/indicators/index.ts';
import { instrument } from '../../src/lib/model/index.ts';
import { type Contender, interleave, type Measured, peers, python, skipped, table, timed } from '../measure.ts';
import { randomColumns } from './columns.ts';
import { npmPeers } from './npm-peers.ts';
import { startTaLib } from './talib.ts';

const ROWS = 1_000_000;
const TALIB = 'TA-Lib (C, from Python)';
const OWN = { workbench: 'sigma, workbench', columns: 'sigma, new columns' } as const;
/** Every contender takes part in the heats; those near the top meet again until the noise of the machine has been beaten. */
const HEATS = 3;
const FINALS = 20;
/** Of every contender: code compiled on the fly takes a few runs to settle, in whatever package it is. */
const WARM_UPS = 5;

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
export async function benchIndicators(): Promise<void> {
  const columns = randomColumns(ROWS);
  const data = { ...columns, instrument: instrument('BENCH'), timeframe: '1m', closeOnly: false } as const;
  const desk = createWorkbench(data);
  console.log(
    `\nIndicators at ${ROWS} values; peers return new columns, as sigma does with evaluateAll; its workbench is cleared each time`,
  );
  const { found, absent } =
    peers === undefined ? { found: [], absent: ['npm peers (SIGMA_BENCH_PEERS)'] } : await npmPeers(peers, columns);
  for (const name of absent) skipped(name, 'not installed');
  const summary: string[] = [];
  const talib = python === undefined ? undefined : await startTaLib(python, columns);
  if (talib === undefined) skipped('TA-Lib', python === undefined ? 'SIGMA_BENCH_PYTHON is not set' : 'not installed');
  for (const [name, expressions] of Object.entries(ten)) {
    const named = Object.fromEntries(expressions.map((e, k) => [String(k), e]));
    const onWorkbench = (): void => {
      desk.clear();
      desk.evaluateAll(named);
    };
    const contenders: Contender[] = [
      { name: OWN.workbench, run: () => timed(onWorkbench) },
      { name: OWN.columns, run: () => timed(() => void evaluateAll(named, [data])) },
    ];
    if (talib !== undefined) contenders.push({ name: TALIB, run: () => talib.seconds(name) });
    for (const peer of found) {
      const work = peer.work[name];
      if (work !== undefined) contenders.push({ name: peer.name, run: () => timed(work) });
    }
    const heats = await interleave(contenders, HEATS, WARM_UPS);
    const fastestPeer = heats
      .filter((m) => found.some((peer) => peer.name === m.name))
      .sort((a, b) => a.low - b.low)[0]?.name;
    const finalists = contenders.filter((c) => found.every((peer) => peer.name !== c.name) || c.name === fastestPeer);
    const finals = await interleave(finalists, FINALS);
    const best = heats.map((m) => ({ ...m, ...finals.find((f) => f.name === m.name) }));
    table(name, best, ROWS, 'values');
    const [workbench, columns] = verdicts(best, fastestPeer);
    if (columns !== '') console.log(`  ${OWN.columns}, median of ${FINALS}: ${columns}`);
    if (workbench !== '') summary.push(`  ${name.padEnd(11)} ${workbench}`);
  }
  console.log(`\n${OWN.workbench}, ratios of medians of ${FINALS}`);
  for (const line of summary) console.log(line);
  talib?.close();
}

/** Ratios of medians, and of best times: a process that others interrupt is only ever slower than it is. */
function verdicts(measured: readonly Measured[], fastestPeer: string | undefined): string[] {
  return [OWN.workbench, OWN.columns].map((name) => {
    const own = measured.find((m) => m.name === name)!;
    const against = (peer: string | undefined, goal: number): string => {
      const other = measured.find((m) => m.name === peer);
      if (other === undefined) return '';
      return `${(other.median / own.median).toFixed(2)}x ${peer} (best ${(other.low / own.low).toFixed(2)}, goal ${goal})`;
    };
    return [against(TALIB, 1), against(fastestPeer, 5)].filter((part) => part !== '').join(', ');
  });
}
