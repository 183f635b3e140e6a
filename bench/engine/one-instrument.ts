/** Event engine, one instrument: a handler strategy with three indicators, an ATR trailing stop and a take-profit that cancel one another, fees, equity at each bar. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  atr,
  type Bars,
  bars as b,
  blocksFromBars,
  defaultRunConfig,
  ema,
  evaluate,
  rsi,
  runBacktest,
  sliceBars,
} from 'sigma-quant';
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
      ...peerContenders(file, sample, outcomes),
    ];
    const measured = await interleave(rounds, 3);
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

function peerContenders(
  file: string,
  sample: Bars,
  outcomes: Map<string, Outcome>,
): (Contender & { readonly count: number })[] {
  const contenders: (Contender & { readonly count: number })[] = [];
  for (const name of ['backtrader', 'backtesting.py'] as const) {
    if (python === undefined) skipped(name, 'SIGMA_BENCH_PYTHON is not set');
    else contenders.push({ name, count: PEER_COUNTS[name], run: () => runPython(name, file, outcomes) });
  }
  if (peers === undefined) skipped('grademark', 'SIGMA_BENCH_PEERS is not set');
  else {
    const run = grademark(sample, outcomes, peers);
    if (run !== undefined) contenders.push({ name: 'grademark', count: PEER_COUNTS.grademark, run });
  }
  return contenders;
}

function runPython(name: 'backtrader' | 'backtesting.py', file: string, outcomes: Map<string, Outcome>): number {
  const text = execFileSync(python!, [script('engine/peers.py'), name, file, String(PEER_COUNTS[name])], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { seconds, ...outcome } = JSON.parse(text.trim().split('\n').at(-1)!) as Outcome & { seconds: number };
  outcomes.set(name, outcome);
  return seconds;
}

type GrademarkBar = {
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

function loadGrademark(folder: string): Grademark | undefined {
  const require = createRequire(resolve(folder, 'package.json'));
  try {
    return { ...require('grademark'), ...require('data-forge') } as Grademark;
  } catch (cause) {
    skipped('grademark', String(cause).split('\n')[0]!);
    return undefined;
  }
}

/** grademark gets its indicators as columns, for free. */
function grademark(bars: Bars, outcomes: Map<string, Outcome>, folder: string): (() => number) | undefined {
  const loaded = loadGrademark(folder);
  if (loaded === undefined) return undefined;
  const { backtest, DataFrame } = loaded;
  const columns = {
    trend: evaluate(ema(b.close, 50), bars),
    momentum: evaluate(rsi(b.close, 14), bars),
    range: evaluate(atr(b, 14), bars),
  };
  const rows = Array.from(
    bars.time,
    (time, i): GrademarkBar => ({
      time: new Date(time),
      open: bars.open[i]!,
      high: bars.high[i]!,
      low: bars.low[i]!,
      close: bars.close[i]!,
      trend: columns.trend[i]!,
      momentum: columns.momentum[i]!,
      range: columns.range[i]!,
    }),
  );
  const frame = new DataFrame(rows);
  type Rule = { readonly bar: GrademarkBar };
  const strategy = {
    entryRule: (enter: () => void, { bar }: Rule) => {
      if (bar.close > bar.trend && bar.momentum > 60) enter();
    },
    trailingStopLoss: ({ bar }: Rule) => 10 * bar.range,
    profitTarget: ({ bar }: Rule) => 20 * bar.range,
    fees: () => 0.05,
  };
  return () =>
    timed(() => {
      const trades = backtest(strategy, frame);
      outcomes.set('grademark', {
        trades: trades.length,
        final: 100_000 + trades.reduce((sum, t) => sum + t.profit, 0),
      });
    });
}
