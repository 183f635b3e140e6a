/** Sweeps through the public API: moving-average cross over pairs of windows, one long run, a strategy with state and a trailing stop, and the event engine on the same sets. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  atr,
  type Bars,
  blocksFromBars,
  computeMetrics,
  createSweep,
  DAY,
  defaultRunConfig,
  defineStrategy,
  ema,
  type FigureKey,
  integer,
  number,
  type ParamSet,
  type RunConfig,
  roc,
  rollingStdev,
  runBacktest,
  type SweepEngine,
} from 'sigma-quant';
import averageCross from '../../strategies/moving-average-cross.ts';
import { bestOf, type Contender, interleave, python, script, skipped, table, timed } from '../measure.ts';
import { walk } from '../walk.ts';

const figures: readonly FigureKey[] = ['totalReturn', 'sharpe', 'maxDrawdown', 'trades', 'totalCosts'];
const config: RunConfig = { ...defaultRunConfig };
/** A sample of a compiled contender is the best of so many runs in a row, ours as numba's. */
const REPEATS = 5;
/** The compiler of the runtime still works on a short sweep after the first warm-up. */
const WARM_UPS = 2;
const ROUNDS = 5;

/** Enters beyond a range around an average that trails price, by half where markets are wild, and leaves on the way back or by a trailing stop: state carried from bar to bar. */
const stopped = defineStrategy({
  name: 'bench-careful',
  params: {
    trend: integer({ default: 50, min: 2, max: 500 }),
    range: integer({ default: 14, min: 2, max: 100 }),
    stop: number({ default: 2, min: 0.5, max: 10 }),
  },
  signals: (bars, p) => ({
    trend: ema(bars.close, p.trend),
    range: atr(bars, p.range),
    volatility: rollingStdev(roc(bars.close, 1), 30),
  }),
  target: (row, _, held) => {
    const size = row.volatility > 0.0015 ? 0.5 : 1;
    const distance = row.close - row.trend;
    if (held === 0) return distance > row.range ? size : distance < -row.range ? -size : 0;
    // Hysteresis: the side is kept until price has come back through the average by half a range.
    if (held > 0) return distance < -0.5 * row.range ? 0 : held;
    return distance > 0.5 * row.range ? 0 : held;
  },
  exits: (row, p) => ({ trailing: { price: row.range * p.stop } }),
});

/** The same without the stop. */
const { exits: _, ...careful } = stopped;

function daily(rows: number): Bars {
  const bars = walk(rows, 1);
  return { ...bars, timeframe: '1d', time: bars.time.map((_, k) => Date.UTC(1980, 0, 1) + k * DAY) };
}

function pairs(windows: readonly number[], short: boolean): ParamSet[] {
  return windows.flatMap((fast, k) =>
    windows.slice(k + 1).map((slow) => ({ fast, slow, band: 0, average: 'simple', short })),
  );
}

export async function benchSweep(): Promise<void> {
  const many = Array.from({ length: 100 }, (_, k) => k + 2);
  const few = Array.from({ length: 21 }, (_, k) => 5 + 10 * k);
  for (const [windows, rows] of [
    [many, 1_000],
    [few, 100_000],
  ] as const)
    for (const short of [true, false]) await benchCross(windows, rows, short);
  await benchOneRun();
  await benchCareful();
  await benchEngines(few);
}

async function benchCross(windows: readonly number[], rows: number, short: boolean): Promise<void> {
  const bars = daily(rows);
  const sets = pairs(windows, short);
  const sweep = createSweep({ strategy: averageCross, market: [bars], config });
  const growth = new Map<string, number>();
  const ours = (name: string, wants: { readonly figures?: readonly FigureKey[] }): Contender => ({
    name,
    run: () =>
      bestOf(REPEATS, () => {
        const { totalReturn } = sweep.run(sets, wants).figures;
        growth.set(name, totalReturn.reduce((sum, value) => sum + value, 0) / sets.length);
      }),
  });
  const title = `moving-average cross, ${sets.length} sets x ${rows} bars, ${short ? 'long and short' : 'long and flat'}`;
  await withPeers(['numba', 'vectorbt'], bars, { windows, short, growth }, async (peers) => {
    const contenders = [ours('sigma, five figures', { figures }), ours('sigma, all figures', {}), ...peers];
    table(title, await interleave(contenders, ROUNDS, WARM_UPS), sets.length * rows, 'bar-sets');
  });
  for (const [name, mean] of growth) console.log(`  ${name}: mean total return ${mean.toFixed(6)}`);
}

/** One set over a million bars: the sweep's figures, and a backtest with every metric there is, as a run reports them. */
async function benchOneRun(): Promise<void> {
  const rows = 1_000_000;
  const bars = walk(rows, 1);
  const params = { fast: 20, slow: 100, band: 0, average: 'simple', short: true };
  const sweep = createSweep({ strategy: averageCross, market: [bars], config });
  const full = (): void => {
    const { equity, trades, fills, totals } = runBacktest({
      strategy: averageCross,
      params,
      source: blocksFromBars([bars]),
      config,
    });
    const initial = totals.initial;
    computeMetrics({ equity, trades, fills, costs: totals, initial, periodsPerYear: config.periodsPerYear });
  };
  const ours: Contender[] = [
    { name: 'sigma, sweep of one set', run: () => timed(() => void sweep.run([params])) },
    { name: 'sigma, event engine, all metrics', run: () => timed(full) },
  ];
  const terms = { windows: [20, 100], short: true, growth: new Map<string, number>() };
  await withPeers(['vectorbt-stats'], bars, terms, async (peers) =>
    table(`one run of ${rows} bars with full metrics`, await interleave([...ours, ...peers], 3), rows, 'bars'),
  );
}

type PeerTerms = {
  readonly windows: readonly number[];
  readonly short: boolean;
  readonly growth: Map<string, number>;
};

/** The engines of `peers.py` over the same bars, those that are installed. */
async function withPeers(
  engines: readonly string[],
  bars: Bars,
  { windows, short, growth }: PeerTerms,
  work: (peers: readonly Contender[]) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sigma-bench-'));
  const file = join(folder, 'bars.f64');
  writeFileSync(file, Buffer.concat([bars.open, bars.close].map((column) => new Uint8Array(column.slice().buffer))));
  try {
    if (python === undefined) for (const engine of engines) skipped(engine, 'SIGMA_BENCH_PYTHON is not set');
    await work(
      python === undefined
        ? []
        : engines.map((engine) => {
            const args = [engine, file, String(bars.time.length), windows.join(), short ? '1' : '0'];
            return { name: engine, run: () => runPython(engine, args, growth) };
          }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runPython(name: string, args: readonly string[], growth: Map<string, number>): number {
  const text = execFileSync(python!, [script('sweep/peers.py'), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const result = JSON.parse(text.trim().split('\n').at(-1)!) as { seconds: number; growth: number };
  growth.set(name, result.growth);
  return result.seconds;
}

async function benchCareful(): Promise<void> {
  const rows = 100_000;
  const sets = Array.from({ length: 15 }, (_, a) =>
    Array.from({ length: 10 }, (__, b) => ({ trend: 20 + 10 * a, range: 5 + 3 * b, stop: 2 })),
  ).flat();
  for (const [what, strategy] of [
    ['hysteresis', careful],
    ['hysteresis, trailing stop', stopped],
  ] as const) {
    const sweep = createSweep({ strategy, market: [daily(rows)], config, engine: 'vectorised' });
    const contenders = [
      { name: 'sigma, five figures', run: () => timed(() => void sweep.run(sets, { figures })) },
      { name: 'sigma, all figures', run: () => timed(() => void sweep.run(sets)) },
    ];
    const title = `three indicators, volatility filter, ${what}, ${sets.length} sets x ${rows} bars`;
    table(title, await interleave(contenders, 5), sets.length * rows, 'bar-sets');
  }
}

async function benchEngines(windows: readonly number[]): Promise<void> {
  const rows = 20_000;
  const sets = pairs(windows, true).slice(0, 40);
  const market = [daily(rows)];
  const contender = (engine: SweepEngine): Contender => {
    const sweep = createSweep({ strategy: averageCross, market, config, engine });
    return { name: `sigma, ${engine} engine`, run: () => timed(() => void sweep.run(sets)) };
  };
  const contenders = [contender('vectorised'), contender('event')];
  table(
    `both engines, ${sets.length} sets x ${rows} bars`,
    await interleave(contenders, 3),
    sets.length * rows,
    'bar-sets',
  );
}
