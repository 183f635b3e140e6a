/** The one call behind `sigma optimize`: data, search, what the search may be believed, and a study that is kept. */
import { SigmaError } from '../core/index.ts';
import { withoutPassword } from '../data/index.ts';
import { ranked, scoresOf, type TrialExecutor, type TrialTable, threadExecutor } from '../optimize/index.ts';
import type { OpenStudy, RunStore, StudyDecision, StudyMeta, StudyStore, TrialLedger } from '../registry/index.ts';
import type { StudyView } from '../report/index.ts';
import {
  DEFAULT_DATA,
  ledgerSubject,
  type Markets,
  type Run,
  rangeOf,
  runStrategy,
  type StrategySource,
} from '../runs/index.ts';
import type { Sweep } from '../sweep/index.ts';
import { type Arena, openArena } from './arena.ts';
import type { StudyOptions } from './options.ts';
import { planStudy, type StudyPlan, studyDecision } from './plan.ts';
import { readStudyResult, studyResult } from './result.ts';
import { runSearch, type StudyProgress } from './stage.ts';
import { openStudyLedger } from './study-ledger.ts';
import { trialsFrame } from './trials-frame.ts';
import { studyView } from './view.ts';

export type StudyContext = {
  readonly markets: Markets;
  readonly store?: StudyStore;
  /** Counts every trial; only a test has none. */
  readonly ledger: TrialLedger | undefined;
  /** Keeps the run of the best set. */
  readonly runs?: RunStore;
  /** Throws away what an earlier, equal study left. */
  readonly fresh?: boolean;
  /** Who evaluates the trials of a sweep; this thread when left out. */
  readonly executor?: (sweep: Sweep) => Promise<TrialExecutor>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: StudyProgress) => void;
};

export type Study = {
  readonly id: string;
  readonly view: StudyView;
  /** Absent when an equal, finished study was stored already. */
  readonly trials?: TrialTable;
  readonly run?: Run;
  /** Trials that were evaluated now; the others were taken over from an interrupted study. */
  readonly evaluated: number;
  readonly outcome: 'new' | 'same' | 'partial';
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
    range: rangeOf(options),
  });
  const decision = studyDecision(source, plan, options, arena.prepared);
  const folder = await context.store?.open(decision, metaOf(source, options), context.fresh);
  try {
    if (folder?.result !== undefined) {
      const view = readStudyResult(folder.result, folder.id);
      const durationMs = Math.round(performance.now() - began);
      return { id: folder.id, view, evaluated: 0, outcome: 'same', warnings: [], durationMs };
    }
    const study = await searchAndKeep({ source, options, plan, arena, decision, folder, context });
    return { ...study, durationMs: Math.round(performance.now() - began) };
  } finally {
    await folder?.release();
  }
}

type Work = {
  readonly source: StrategySource;
  readonly options: StudyOptions;
  readonly plan: StudyPlan;
  readonly arena: Arena;
  readonly decision: StudyDecision;
  readonly folder: OpenStudy | undefined;
  readonly context: StudyContext;
};

async function searchAndKeep(work: Work): Promise<Omit<Study, 'durationMs'>> {
  const { source, options, plan, arena, decision, folder, context } = work;
  const { config } = arena.prepared;
  const sweep = arena.whole;
  const executor = await (context.executor ?? (async (one: Sweep) => threadExecutor(one)))(sweep);
  const subject = ledgerSubject(source, decision, config);
  const book = context.ledger === undefined ? undefined : openStudyLedger(context.ledger, subject, plan.space);
  try {
    const { trials, evaluated } = await runSearch({
      name: 'search',
      space: plan.space,
      plan: plan.search,
      seed: config.seed,
      objective: plan.objective,
      constraints: plan.constraints,
      executor,
      ...(folder === undefined ? {} : { folder }),
      ...(context.signal === undefined ? {} : { signal: context.signal }),
      ...(context.onProgress === undefined ? {} : { onProgress: context.onProgress }),
      onTrials: (points, result) => book?.record(points, result),
    });
    const partial = context.signal?.aborted === true;
    const scores = scoresOf(trials, plan.objective, plan.constraints);
    const order = ranked(scores);
    const evidence = book?.evidence(sweep.periodsPerYear) ?? { count: trials.count, sharpeVariance: Number.NaN };
    const view = studyView({
      id: folder?.id ?? '',
      source,
      plan,
      arena,
      sweep,
      trials,
      scores,
      order,
      evidence,
      partial,
    });
    const result = { id: view.id, view, trials, evaluated, warnings: arena.prepared.feed.actions.warnings };
    if (partial) return { ...result, outcome: 'partial' };
    const best = view.top[0];
    if (best === undefined) throw noResult(view);
    const run = await runStrategy(
      source,
      { ...options, params: best.params },
      {
        markets: context.markets,
        ledger: context.ledger,
        ...(context.runs === undefined ? {} : { store: context.runs }),
      },
    );
    const complete: StudyView = { ...view, run: run.id };
    await folder?.finish(studyResult(complete), trialsFrame(plan.space, trials, scores));
    return { ...result, view: complete, run, outcome: 'new' };
  } finally {
    await executor.close();
    await book?.close();
  }
}

function noResult(view: StudyView): SigmaError {
  const { trials, failed } = view.counts;
  const first = view.failures[0];
  return new SigmaError(
    'study/no-result',
    failed === trials && first !== undefined
      ? `all ${trials} parameter sets failed, the first with: ${first.message}`
      : `none of ${trials} parameter sets has a defined ${view.objective}${view.where.length === 0 ? '' : ` and meets ${view.where.join(' and ')}`}`,
    {
      hint:
        failed === trials
          ? 'run one of them with sigma backtest'
          : 'loosen --where, widen --space or choose another --objective',
    },
  );
}

function metaOf(source: StrategySource, options: StudyOptions): StudyMeta {
  const { data = DEFAULT_DATA } = options;
  return {
    created: new Date().toISOString(),
    source: { strategy: source.origin, data: typeof data === 'string' ? withoutPassword(data) : '' },
  };
}
