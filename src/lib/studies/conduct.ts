/** A study from its first trial to its result: search, holdout, walk-forward, cross-validation, honesty, best run. */
import { SigmaError } from '../core/index.ts';
import { walkForwardWindows } from '../optimize/index.ts';
import type { OpenStudy, StudyDecision } from '../registry/index.ts';
import { studyId } from '../registry/index.ts';
import type { HoldoutView, StudyView } from '../report/index.ts';
import {
  ledgerSubject,
  loadedArtifacts,
  parameterAdvice,
  runAdvice,
  runStrategy,
  type StrategySource,
  usedArtifacts,
} from '../runs/index.ts';
import type { ParamSet } from '../sweep/index.ts';
import type { Arena, Part } from './arena.ts';
import { assess, type OutOfSample } from './assess.ts';
import { type Desk, distinctPoints, measure, type Searched, searchPart } from './desk.ts';
import { searchByHalving } from './halving.ts';
import type { StudyOptions } from './options.ts';
import { equityOf } from './paths.ts';
import type { StudyPlan } from './plan.ts';
import { studyResult } from './result.ts';
import type { Study, StudyContext } from './run-study.ts';
import { studyTrials } from './stored.ts';
import { openStudyLedger } from './study-ledger.ts';
import { trialsFrame } from './trials-frame.ts';
import { crossValidate, requireCombinations } from './validate-combinatorial.ts';
import { timesOf, walkForward } from './validate-forward.ts';
import { studyView } from './view.ts';

export type Work = {
  readonly source: StrategySource;
  readonly options: StudyOptions;
  readonly plan: StudyPlan;
  readonly arena: Arena;
  readonly decision: StudyDecision;
  readonly folder: OpenStudy | undefined;
  readonly context: StudyContext;
};

export async function conduct(work: Work): Promise<Omit<Study, 'durationMs'>> {
  const { source, plan, arena, decision, folder, context } = work;
  const { config } = arena.prepared;
  const subject = ledgerSubject(source, { data: decision.data, artifacts: usedArtifacts(arena.artifacts) }, config);
  const book = context.ledger === undefined ? undefined : openStudyLedger(context.ledger, subject, plan.space);
  const { signal, onProgress } = context;
  const desk: Desk = { plan, arena, seed: config.seed, folder, book, signal, onProgress };
  try {
    return await conducted(work, desk);
  } finally {
    await book?.close();
  }
}

async function conducted(work: Work, desk: Desk): Promise<Omit<Study, 'durationMs'>> {
  const { source, options, plan, arena, decision, folder, context } = work;
  const { periodEnds, periodsPerYear } = arena.whole.sweep;
  const seen = periodEnds.length - heldOut(periodEnds.length, options.holdout);
  const part = await arena.part({ from: 0, to: seen });
  // What no search could make good is refused before anything is evaluated and counted.
  if (options.walkForward !== undefined) walkForwardWindows(seen, options.walkForward);
  if (options.cpcv !== undefined) requireCombinations(desk, seen, options.cpcv);
  const halved = options.halving === true ? await searchByHalving(desk, { from: 0, to: seen }) : undefined;
  const searched = halved?.searched ?? (await searchPart(desk, part, 'search'));
  const stopped = (): boolean => context.signal?.aborted === true;
  const view = (extra: Partial<StudyView>): StudyView => {
    const evidence = desk.book?.evidence(periodsPerYear) ?? {
      count: searched.trials.count,
      sharpeVariance: Number.NaN,
    };
    const parts = {
      id: studyId(decision),
      source,
      plan,
      arena,
      sweep: part.sweep,
      ...searched,
      evidence,
      partial: stopped(),
    };
    return { ...studyView(parts), ...(halved === undefined ? {} : { halving: halved.view }), ...extra };
  };
  const table = () => trialsFrame(plan.space, searched.trials, searched.scores);
  const study = (shown: StudyView) => ({
    id: shown.id,
    view: shown,
    trials: searched.trials,
    charts: async () => studyTrials(table()),
    evaluated: searched.evaluated,
    warnings: arena.prepared.feed.actions.warnings,
  });
  if (stopped()) return { ...study(view({})), outcome: 'partial' };
  const { top, objective } = view({});
  const best = top[0];
  if (best === undefined) throw noResult(view({}));
  const extra = await validated(work, desk, { part, searched, best: best.params, seen });
  if (stopped()) return { ...study(view(extra)), outcome: 'partial' };
  const run = await runStrategy(
    source,
    { ...options, params: best.params },
    {
      markets: context.markets,
      ledger: context.ledger,
      artifacts: loadedArtifacts(arena.artifacts),
      ...(context.runs === undefined ? {} : { store: context.runs }),
    },
  );
  const charts = studyTrials(table());
  const advice = [
    ...parameterAdvice(
      {
        names: charts.params.map(({ name }) => name),
        values: charts.params.map(({ values }) => values),
        objective: searched.scores,
      },
      { objective, of: 'sets' },
    ),
    ...runAdvice(run.view),
  ].map(({ text }) => text);
  const complete = view({ ...extra, run: run.id, advice });
  await folder?.finish(studyResult(complete), table());
  return { ...study(complete), run, outcome: 'new' };
}

type Found = { readonly part: Part; readonly searched: Searched; readonly best: ParamSet; readonly seen: number };

/** Everything that is asked of the best set beyond having won. */
async function validated(
  { options, arena }: Work,
  desk: Desk,
  { part, searched, best, seen }: Found,
): Promise<Partial<StudyView>> {
  const { periodEnds, periodsPerYear } = arena.whole.sweep;
  const whole = arena.prepared.feed.streamed ? undefined : await arena.prepared.benchmark(periodEnds);
  const benchmark = whole === undefined ? undefined : returnsOf(whole.value, part.cash);
  const later = seen < periodEnds.length ? await arena.part({ from: seen, to: periodEnds.length }) : undefined;
  const held = later === undefined ? undefined : measure(later, best);
  const holdout: HoldoutView | undefined =
    held === undefined
      ? undefined
      : {
          fraction: options.holdout ?? 0,
          span: timesOf(periodEnds, { from: seen, to: periodEnds.length }),
          figures: held.figures,
        };
  const forward = options.walkForward === undefined ? undefined : await walkForward(desk, seen, options.walkForward);
  const cpcv = options.cpcv === undefined ? undefined : await crossValidate(desk, part, searched, options.cpcv);
  if (desk.signal?.aborted === true) return {};
  const unseen: OutOfSample | undefined =
    held !== undefined
      ? outOfSample(held.returns, benchmark?.subarray(seen))
      : forward !== undefined
        ? outOfSample(forward.returns, benchmark?.subarray(forward.stretch.from, forward.stretch.to))
        : undefined;
  const others = [...(forward?.searches ?? []), ...(cpcv === undefined ? [] : [cpcv.search])];
  const honesty = await assess(desk, {
    part,
    searched,
    evidence: desk.book?.evidence(periodsPerYear) ?? { count: searched.trials.count, sharpeVariance: Number.NaN },
    benchmark: benchmark?.subarray(0, seen),
    outOfSample: unseen,
    // What halving drops early is unlike what it keeps.
    sampledFrom: options.halving === true ? searched.trials.count : distinctPoints(searched.trials, others),
  });
  const own = measure(arena.whole, best).returns;
  return {
    ...(holdout === undefined ? {} : { holdout }),
    ...(forward === undefined ? {} : { walkForward: forward.view }),
    ...(cpcv === undefined ? {} : { cpcv: cpcv.view }),
    honesty,
    equity: {
      best: equityOf(own, periodEnds),
      ...(benchmark === undefined || whole === undefined
        ? {}
        : { benchmark: { name: whole.name, ...equityOf(benchmark, periodEnds) } }),
    },
  };
}

function outOfSample(returns: Float64Array, benchmark: Float64Array | undefined): OutOfSample {
  return { returns, ...(benchmark === undefined ? {} : { benchmarkReturns: benchmark }) };
}

function returnsOf(value: Float64Array, initial: number): Float64Array {
  return value.map((now, t) => now / (t === 0 ? initial : value[t - 1]!) - 1);
}

const FEWEST = 10;

/** Periods at the end that no search sees. @throws SigmaError usage/bad-option, study/too-short */
function heldOut(periods: number, fraction: number | undefined): number {
  if (fraction === undefined) return 0;
  if (!(fraction > 0 && fraction < 1))
    throw new SigmaError('usage/bad-option', `${fraction} is no share of the range`, {
      where: '--holdout',
      hint: 'give a fraction between 0 and 1, for example 0.25',
    });
  const held = Math.round(periods * fraction);
  if (held < FEWEST || periods - held < FEWEST)
    throw new SigmaError('study/too-short', `${periods} periods cannot be searched and hold out ${held}`, {
      where: '--holdout',
      hint: `each part needs at least ${FEWEST} periods`,
    });
  return held;
}

function noResult(view: StudyView): SigmaError {
  const { trials, failed } = view.counts;
  const first = view.failures[0];
  const all = failed === trials && first !== undefined;
  return new SigmaError(
    'study/no-result',
    all
      ? `all ${trials} parameter sets failed, the first with: ${first.message}`
      : `none of ${trials} parameter sets has a defined ${view.objective}${view.where.length === 0 ? '' : ` and meets ${view.where.join(' and ')}`}`,
    {
      hint: all ? 'run one of them with sigma backtest' : 'loosen --where, widen --space or choose another --objective',
    },
  );
}
