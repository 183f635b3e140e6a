/** The use case behind `sigma scenarios run`: every strategy through every scenario, against bands and baseline. */
import { blocksFromBars } from '../frame/index.ts';
import type { PluginOptions } from '../plugins/index.ts';
import type { Markets } from '../runs/index.ts';
import {
  type Baseline,
  type BaselineEntry,
  baselinePath,
  entryOf,
  type Moved,
  movedFigures,
  readBaseline,
  writeBaseline,
} from './baseline.ts';
import type { Figures } from './figures.ts';
import { loadScenarios, scenarioFolder } from './find.ts';
import { scenarioMarkets } from './market.ts';
import { type BrokenBand, type CaseRun, runCase } from './run-case.ts';
import type { Scenario } from './scenario.ts';
import { measureSpeed } from './speed.ts';

export type ScenariosOptions = {
  /** Where recorded data sets are opened. */
  readonly markets: Markets;
  readonly plugins?: PluginOptions;
  /** `./scenarios`, or the shipped ones, when left out. */
  readonly folder?: string;
  /** All when left out or empty. */
  readonly names?: readonly string[];
  /** Accepts the results as the new baseline. */
  readonly update?: boolean;
  /** False leaves out the measurement. */
  readonly speed?: boolean;
  /** A slower run is a regression, not only a warning. */
  readonly gateSpeed?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, name: string) => void;
};

export type CaseResult = {
  readonly scenario: string;
  readonly case: string;
  readonly strategy: string;
  readonly figures: Figures;
  readonly broken: readonly BrokenBand[];
  /** `moved`: a figure is no longer what the baseline says. `new`: it says nothing. */
  readonly baseline: 'same' | 'moved' | 'new';
  readonly moved: readonly Moved[];
  /** The bars are others than those the baseline was made on. */
  readonly marketChanged: boolean;
  /** Bars run in the time of one calibration loop; NaN when it was not measured. */
  readonly speed: number;
  /** Over the baseline's; NaN where one of them is missing. */
  readonly speedRatio: number;
  readonly slow: boolean;
  readonly regression: boolean;
};

export type ScenariosResult = {
  readonly folder: string;
  readonly cases: readonly CaseResult[];
  /** In the baseline, but no longer in the scenarios. */
  readonly missing: readonly string[];
  readonly regressions: number;
  readonly updated: boolean;
  /** Stopped by the user before all were run; nothing was updated then. */
  readonly interrupted: boolean;
};

/** Below this part of the baseline's speed a run is slow: the ratio of two machines wanders by a third, a lost fast path costs more than half. */
const SLOW = 0.5;

/** @throws SigmaError as loading scenarios and making runs do; store/write-failed when the baseline cannot be written */
export async function runScenarios(options: ScenariosOptions): Promise<ScenariosResult> {
  const { folder = scenarioFolder(), names = [], signal } = options;
  const scenarios = await loadScenarios(folder, names);
  const baseline = await readBaseline(baselinePath(folder));
  const total = scenarios.reduce((sum, scenario) => sum + scenario.cases.length, 0);
  const cases: CaseResult[] = [];
  const entries: Record<string, BaselineEntry> = {};
  for (const scenario of scenarios) {
    const markets = scenarioMarkets(scenario, options.markets);
    for (const one of scenario.cases) {
      if (signal?.aborted === true) break;
      options.onProgress?.(cases.length, total, `${scenario.name}/${one.name}`);
      const done = await runCase(scenario, one, { ...options, markets });
      if (done.run.decision.status === 'partial') break;
      const key = `${scenario.name}/${one.name}`;
      const before = baseline[key];
      const speed = options.speed === false ? Number.NaN : speedOf(done, before?.speed ?? Number.NaN);
      const entry = entryOf(done.run.decision.data.contentHash, done.figures, speed);
      entries[key] = entry;
      cases.push(resultOf({ scenario, name: one.name, strategy: one.strategy, done, entry, before, options }));
    }
  }
  const interrupted = cases.length < total;
  const missing = names.length > 0 || interrupted ? [] : Object.keys(baseline).filter((key) => !(key in entries));
  const updated = options.update === true && !interrupted;
  if (updated) await writeBaseline(baselinePath(folder), merged(names.length > 0 ? baseline : {}, baseline, entries));
  const regressions = cases.filter((one) => one.regression).length + (updated ? 0 : missing.length);
  return { folder, cases, missing, regressions, updated, interrupted };
}

/** The engine alone, from bars in memory: reading and statistics have benchmarks of their own. */
function speedOf({ run, source }: CaseRun, before: number): number {
  const { strategy } = source;
  const options = () => ({ strategy, params: run.params, config: run.config, source: blocksFromBars(run.bars) });
  const speed = measureSpeed(options);
  // A busy moment is no finding: what looks slow is measured once more.
  return speed < SLOW * before ? Math.max(speed, measureSpeed(options)) : speed;
}

type Parts = {
  readonly scenario: Scenario;
  readonly name: string;
  readonly strategy: string;
  readonly done: CaseRun;
  readonly entry: BaselineEntry;
  readonly before: BaselineEntry | undefined;
  readonly options: ScenariosOptions;
};

function resultOf({ scenario, name, strategy, done, entry, before, options }: Parts): CaseResult {
  const moved = before === undefined ? [] : movedFigures(before, entry);
  const speedRatio = entry.speed / (before?.speed ?? Number.NaN);
  const slow = speedRatio < SLOW;
  const accepted = options.update === true;
  return {
    scenario: scenario.name,
    case: name,
    strategy,
    figures: done.figures,
    broken: done.broken,
    baseline: before === undefined ? 'new' : moved.length > 0 ? 'moved' : 'same',
    moved,
    marketChanged: before !== undefined && before.market !== entry.market,
    speed: entry.speed,
    speedRatio,
    slow,
    // Bands are statements about the strategy: accepting new figures does not accept a broken one.
    regression: done.broken.length > 0 || (!accepted && (moved.length > 0 || (slow && options.gateSpeed === true))),
  };
}

/** New entries over kept ones; a speed that was not measured this time stays. */
function merged(kept: Baseline, before: Baseline, entries: Baseline): Baseline {
  const made = Object.entries(entries).map(([key, entry]): [string, BaselineEntry] => [
    key,
    Number.isNaN(entry.speed) ? { ...entry, speed: before[key]?.speed ?? Number.NaN } : entry,
  ]);
  return { ...kept, ...Object.fromEntries(made) };
}
