/** Event engine, one instrument: a handler strategy with three indicators, an ATR trailing stop and a take-profit that cancel one another, fees, equity at each bar. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bars, blocksFromBars, defaultRunConfig, runBacktest, sliceBars } from 'sigma-quant';
import { type Contender, interleave, peers, python, script, skipped, table, timed } from '../measure.ts';
import { walk } from '../walk.ts';
import { trend } from './trend.ts';

const COUNT = Number(process.env['SIGMA_BENCH_BARS'] ?? 10_000_000);
/** Peers run on fewer bars; rates are compared per bar. */
const PEER_COUNTS = { backtrader: 20_000, 'backtesting.py': 100_000, grademark: 200_000 } as const;

type Outcome = { readonly trades: number; readonly final: number };

export async function benchOneInstrument(): Promise<void> {
  const bars = walk(COUNT, 1);
  const folder = mkdtempSync(join(tmpdir(), 'sigma-bench-'));
  const file = join(folder, 'bars.f64');
  const sample = sliceBars(bars, 0, Math.min(COUNT, 200_000));
  writeFileSync(
    file,
    Buffer.concat([sample.open, sample.high, sample.low, sample.close].map((c) => new Uint8Array(c.slice().buffer))),
  );
  const outcomes = new Map<string, Outcome>();
  try {
    const rounds = [
      {
        name: 'sigma event engine',
        count: COUNT,
        run: () => timed(() => outcomes.set('sigma event engine', runSigma(bars))),
      },
      ...peerContenders(file, outcomes),
    ];
    // Two runs pass before all of the engine is compiled.
    const measured = await interleave(rounds, 5, 3);
    // Seconds per bar of each contender on its own number of bars, scaled to ours.
    table(
      `one instrument, ${COUNT} bars (peers on fewer, rates per bar)`,
      measured.map((m, k) => scale(m, COUNT / rounds[k]!.count)),
      COUNT,
      'bars',
    );
    for (const [name, outcome] of outcomes)
      console.log(`  ${name}: ${outcome.trades} trades, final equity ${outcome.final.toFixed(4)}`);
    for (const [name, count] of Object.entries(PEER_COUNTS)) {
      const same = runSigma(sliceBars(bars, 0, count));
      if (outcomes.has(name))
        console.log(
          `  sigma on the ${count} bars of ${name}: ${same.trades} trades, final equity ${same.final.toFixed(4)}`,
        );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runSigma(bars: Bars): Outcome {
  const result = runBacktest({
    strategy: trend,
    params: {},
    source: blocksFromBars([bars]),
    config: { ...defaultRunConfig, execution: { ...defaultRunConfig.execution, slippage: { kind: 'none' } } },
  });
  return { trades: result.trades.length, final: result.totals.final };
}

function scale<T extends { readonly median: number; readonly low: number; readonly high: number }>(
  m: T,
  by: number,
): T {
  return { ...m, median: m.median * by, low: m.low * by, high: m.high * by };
}

/** Each in a process of its own: what one keeps in memory is not for the garbage collector of another. */
function peerContenders(file: string, outcomes: Map<string, Outcome>): (Contender & { readonly count: number })[] {
  const contenders: (Contender & { readonly count: number })[] = [];
  const add = (name: keyof typeof PEER_COUNTS, command: string, ...args: string[]): void => {
    const count = PEER_COUNTS[name];
    const run = (): number => runPeer(name, outcomes, command, ...args, file, String(count));
    contenders.push({ name, count, run });
  };
  for (const name of ['backtrader', 'backtesting.py'] as const) {
    if (python === undefined) skipped(name, 'SIGMA_BENCH_PYTHON is not set');
    else add(name, python, script('engine/peers.py'), name);
  }
  if (peers === undefined) skipped('grademark', 'SIGMA_BENCH_PEERS is not set');
  else add('grademark', process.execPath, join(import.meta.dirname, 'grademark-run.js'), peers);
  return contenders;
}

function runPeer(name: string, outcomes: Map<string, Outcome>, command: string, ...args: string[]): number {
  const text = execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const { seconds, ...outcome } = JSON.parse(text.trim().split('\n').at(-1)!) as Outcome & { seconds: number };
  outcomes.set(name, outcome);
  return seconds;
}
