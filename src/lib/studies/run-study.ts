/** The one call behind `sigma optimize`: data, search, what the search may be believed, and a study that is kept. */
import { withoutPassword } from '../data/index.ts';
import type { TrialTable } from '../optimize/index.ts';
import type { RunStore, StudyMeta, StudyStore, TrialLedger } from '../registry/index.ts';
import type { StudyTrials, StudyView } from '../report/index.ts';
import {
  type ArtifactSource,
  DEFAULT_DATA,
  type Markets,
  type Run,
  rangeOf,
  type StrategySource,
} from '../runs/index.ts';
import { type OpenExecutor, openArena } from './arena.ts';
import { conduct } from './conduct.ts';
import type { StudyOptions } from './options.ts';
import { planStudy, studyDecision } from './plan.ts';
import { readStudyResult } from './result.ts';
import type { StudyProgress } from './stage.ts';
import { storedStudyTrials } from './stored.ts';

export type StudyContext = {
  readonly markets: Markets;
  /** Where the strategy's artifacts come from; only one that reads none does without. */
  readonly artifacts?: ArtifactSource;
  readonly store?: StudyStore;
  /** Counts every trial; only what is no trial leaves it undefined. */
  readonly ledger: TrialLedger | undefined;
  /** Keeps the run of the best set. */
  readonly runs?: RunStore;
  /** Throws away what an earlier, equal study left. */
  readonly fresh?: boolean;
  /** Who evaluates the trials; this thread when left out. */
  readonly executor?: OpenExecutor;
  /** Aborting ends the study after the batch in hand; the next equal one takes it up. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: StudyProgress) => void;
};

export type Study = {
  readonly id: string;
  readonly view: StudyView;
  /** Absent when an equal, finished study was stored already. */
  readonly trials?: TrialTable;
  /** The best set over the whole range, the holdout included. */
  readonly run?: Run;
  /** Trials that were evaluated now; the others were taken over from an interrupted study. */
  readonly evaluated: number;
  /** `same`: it was finished earlier; `partial`: it was stopped. */
  readonly outcome: 'new' | 'same' | 'partial';
  /** The columns of all trials that charts need; absent while there are none. */
  charts(): Promise<StudyTrials | undefined>;
  readonly warnings: readonly string[];
  readonly durationMs: number;
};

/**
 * Searches a strategy's parameters and keeps the study. An equal, interrupted study is taken up where it stopped.
 * @throws SigmaError for every kind of bad input, study/no-result when no set has a score
 */
export async function runStudy(source: StrategySource, options: StudyOptions, context: StudyContext): Promise<Study> {
  const began = performance.now();
  const plan = planStudy(source, options);
  const arena = await openArena({
    source,
    space: plan.space,
    options,
    markets: context.markets,
    artifacts: context.artifacts,
    range: rangeOf(options),
    executor: context.executor,
  });
  const decision = studyDecision(source, plan, options, arena);
  const folder = await context.store?.open(decision, metaOf(source, options), context.fresh);
  const durationMs = (): number => Math.round(performance.now() - began);
  try {
    if (folder?.result !== undefined) {
      const view = readStudyResult(folder.result, folder.id);
      const charts = async () =>
        context.store === undefined ? undefined : storedStudyTrials(await context.store.load(folder.id));
      return { id: folder.id, view, charts, evaluated: 0, outcome: 'same', warnings: [], durationMs: durationMs() };
    }
    const study = await conduct({ source, options, plan, arena, decision, folder, context });
    return { ...study, durationMs: durationMs() };
  } finally {
    await folder?.release();
  }
}

function metaOf(source: StrategySource, options: StudyOptions): StudyMeta {
  const { data = DEFAULT_DATA } = options;
  return {
    created: new Date().toISOString(),
    source: { strategy: source.origin, data: typeof data === 'string' ? withoutPassword(data) : '' },
  };
}
