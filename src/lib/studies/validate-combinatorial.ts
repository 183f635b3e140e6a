/** CPCV of a study: in every split the best set of the purged training periods is followed through the tested groups. */
import { SigmaError } from '../core/index.ts';
import {
  type CpcvSpec,
  type CpcvSplit,
  cpcvGroups,
  cpcvPaths,
  cpcvSplits,
  figureOfReturns,
  holds,
  labelEndsOf,
  paramsAt,
  type Stretch,
  type TrialTable,
  trainMask,
} from '../optimize/index.ts';
import type { CpcvView } from '../report/index.ts';
import type { ParamSet } from '../sweep/index.ts';
import type { Part } from './arena.ts';
import { type Desk, type Searched, searchPart } from './desk.ts';
import { figuresOfPath } from './paths.ts';

/** Fewest training periods that purging may leave a candidate. */
const FEWEST = 10;

type Choice = { score: number; place: number; trained: number };

/**
 * Refuses what no search could make good.
 * @param periods that are searched
 * @throws SigmaError study/too-short, usage/bad-option for a shape that cannot be, or a figure that needs trades
 */
export function requireCombinations({ plan }: Desk, periods: number, spec: CpcvSpec): void {
  const sample = Float64Array.of(0.01, -0.01, 0.02);
  for (const { key } of [...plan.objective.terms, ...plan.constraints.figures]) figureOfReturns(key, sample, 252);
  cpcvGroups(periods, spec.groups);
  cpcvSplits(spec);
}

/**
 * A search that learns from the whole range would carry the tested groups into its candidates, so a guided search is
 * replaced by a Latin hypercube of the same size.
 * @throws SigmaError study/too-short when purging leaves too little
 */
export async function crossValidate(
  desk: Desk,
  part: Part,
  main: Searched,
  spec: CpcvSpec,
): Promise<{ readonly view: CpcvView; readonly search: TrialTable }> {
  const { plan } = desk;
  const { periodEnds, periodsPerYear } = part.sweep;
  const groups = cpcvGroups(periodEnds.length, spec.groups);
  const splits = cpcvSplits(spec);
  const guided = plan.search.method === 'tpe' || plan.search.method === 'de';
  const { trials } = guided
    ? await searchPart(desk, part, 'cpcv', { plan: { method: 'lhs', budget: plan.search.budget } })
    : main;
  const sets = Array.from({ length: trials.count }, (_, t) => paramsAt(plan.space, trials.pointAt(t)));
  const choices = await chooseInSplits(desk, part, { sets, groups, splits, embargo: spec.embargo });
  const tested = new Map<number, Float64Array>();
  for (const { place } of choices)
    if (place >= 0 && !tested.has(place)) tested.set(place, part.sweep.run([sets[place]!], { returns: true }).returns!);
  const paths = cpcvPaths(spec.groups, splits);
  const count = paths[0]?.length ?? 0;
  const view: CpcvView = {
    spec,
    candidates: sets.length,
    candidatesBy: guided ? 'lhs' : plan.search.method,
    splits: splits.map(({ tested: chosen }, s) => {
      const { place, score, trained } = choices[s]!;
      return { tested: chosen, score, trained, ...(place < 0 ? {} : { params: sets[place]! }) };
    }),
    paths: Array.from({ length: count }, (_, p) => {
      const returns = new Float64Array(periodEnds.length);
      groups.forEach(({ from, to }, g) => {
        const own = tested.get(choices[paths[g]![p]!]!.place);
        if (own !== undefined) returns.set(own.subarray(from, to), from);
      });
      return figuresOfPath(returns, periodsPerYear);
    }),
  };
  return { view, search: trials };
}

type Contest = {
  readonly sets: readonly ParamSet[];
  readonly groups: readonly Stretch[];
  readonly splits: readonly CpcvSplit[];
  readonly embargo: number;
};

/** The best candidate of each split by the objective over its own purged training periods. */
async function chooseInSplits(
  desk: Desk,
  part: Part,
  { sets, groups, splits, embargo }: Contest,
): Promise<readonly Choice[]> {
  const { sweep } = part;
  const choices = splits.map((): Choice => ({ score: Number.NaN, place: -1, trained: 0 }));
  const kept = new Float64Array(sweep.periodEnds.length);
  let rested = performance.now();
  for (let place = 0; place < sets.length && desk.signal?.aborted !== true; place++) {
    const measured = labelled(part, sets[place]!);
    if (measured === undefined) continue;
    splits.forEach((split, s) => {
      const mask = trainMask(groups, split, measured.labelEnds, embargo);
      let count = 0;
      for (let t = 0; t < mask.length; t++) if (mask[t] === 1) kept[count++] = measured.returns[t]!;
      if (count < FEWEST) return;
      const score = scoreOfReturns(desk, kept.subarray(0, count), sweep.periodsPerYear);
      const best = choices[s]!;
      if (score > best.score || (Number.isNaN(best.score) && !Number.isNaN(score))) {
        choices[s] = { score, place, trained: count };
      }
    });
    if (performance.now() - rested < 80) continue;
    desk.onProgress?.({ stage: 'cross-validation', done: place + 1, total: sets.length, best: Number.NaN });
    await new Promise((resume) => setImmediate(resume));
    rested = performance.now();
  }
  if (choices.every(({ place }) => place < 0) && desk.signal?.aborted !== true) throw nothingLeft();
  return choices;
}

function labelled(
  part: Part,
  set: ParamSet,
): { readonly returns: Float64Array; readonly labelEnds: Int32Array } | undefined {
  const { returns, failures } = part.sweep.run([set], { returns: true });
  if (failures.size > 0 || returns === undefined) return undefined;
  return { returns, labelEnds: labelEndsOf(part.sweep.trace(set).trades, part.sweep.periodEnds) };
}

function scoreOfReturns({ plan }: Desk, returns: Float64Array, periodsPerYear: number): number {
  const of = (key: Parameters<typeof figureOfReturns>[0]): number => figureOfReturns(key, returns, periodsPerYear);
  for (const { key, comparison, limit } of plan.constraints.figures)
    if (!holds(of(key), comparison, limit)) return Number.NaN;
  return plan.objective.terms.reduce((sum, { key, weight }) => sum + weight * of(key), 0);
}

function nothingLeft(): SigmaError {
  return new SigmaError('study/too-short', 'purging leaves no candidate enough periods to train on', {
    where: '--cpcv',
    hint: 'its positions are held from one group into the next: take fewer groups, more data, or --walk-forward',
  });
}
