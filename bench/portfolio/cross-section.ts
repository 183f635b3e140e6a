/** Cross-sectional momentum: 500 instruments x 2,520 days, monthly, top decile, equal weights, cash-constrained. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  blocksFromBars,
  createSweep,
  crossRank,
  DAY,
  defaultRunConfig,
  defineStrategy,
  type RunConfig,
  roc,
  runBacktest,
  type Sweep,
} from 'sigma-quant';
import { bestOf, type Contender, interleave, python, script, skipped, table } from '../measure.ts';
import { walk } from '../walk.ts';

const INSTRUMENTS = 500;
const DAYS = 2_520;
/** Of every engine, in the process that it is timed in: some compile when they first run. */
const WARM_UPS = 3;
/** A sample is the best of so many runs in a row, of every engine. */
const REPEATS = 5;

const momentum = defineStrategy({
  name: 'bench-cross-section',
  signals: ({ close }) => ({ rank: crossRank(roc(close, 252)) }),
  rebalance: 'month',
  allocation: 'normalised',
  target: (row) => (row.rank > 0.9 ? 1 : 0),
});

const config: RunConfig = {
  ...defaultRunConfig,
  account: { ...defaultRunConfig.account, cash: 1_000_000, kind: 'cash' },
  execution: { ...defaultRunConfig.execution, fill: 'close', slippage: { kind: 'none' } },
};

export async function benchCrossSection(): Promise<void> {
  const bars = Array.from({ length: INSTRUMENTS }, (_, i) => {
    const one = walk(DAYS, i, `S${String(i).padStart(3, '0')}`);
    return { ...one, timeframe: '1d' as const, time: one.time.map((_, k) => Date.UTC(2010, 0, 1) + k * DAY) };
  });
  const folder = mkdtempSync(join(tmpdir(), 'sigma-bench-'));
  const file = join(folder, 'closes.f64');
  writeFileSync(file, Buffer.concat(bars.map((b) => new Uint8Array(b.close.buffer))));
  const finals = new Map<string, number>();
  const sweep = createSweep({ strategy: momentum, market: bars, config });
  const vectorised = (name: string, make: () => Sweep): Contender => ({
    name,
    run: () => bestOf(REPEATS, () => finals.set(name, make().run([{}]).figures.finalEquity[0]!)),
  });
  const contenders: Contender[] = [
    // The market is looked through before, as the frame of vectorbt and the backtest of bt are made before.
    vectorised('sigma vectorised engine', () => sweep),
    vectorised('sigma vectorised, made and run', () => createSweep({ strategy: momentum, market: bars, config })),
    {
      name: 'sigma event engine',
      run: () =>
        bestOf(REPEATS, () => {
          finals.set(
            'sigma event engine',
            runBacktest({ strategy: momentum, params: {}, source: blocksFromBars(bars), config }).totals.final,
          );
        }),
    },
  ];
  for (const { run } of contenders) for (let k = 0; k < WARM_UPS; k++) await run();
  for (const name of ['vectorbt', 'bt']) {
    if (python === undefined) skipped(name, 'SIGMA_BENCH_PYTHON is not set');
    else contenders.push({ name, run: () => runPython(name, file, finals) });
  }
  try {
    table(
      `cross-section, ${INSTRUMENTS} instruments x ${DAYS} days`,
      await interleave(contenders, 3),
      INSTRUMENTS * DAYS,
      'bars',
    );
    for (const [name, final] of finals) console.log(`  ${name}: final equity ${final.toFixed(2)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runPython(name: string, file: string, finals: Map<string, number>): number {
  const sizes = [DAYS, INSTRUMENTS, WARM_UPS, REPEATS].map(String);
  const text = execFileSync(python!, [script('portfolio/peers.py'), name, file, ...sizes], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { seconds, final } = JSON.parse(text.trim().split('\n').at(-1)!) as { seconds: number; final: number };
  finals.set(name, final);
  return seconds;
}
