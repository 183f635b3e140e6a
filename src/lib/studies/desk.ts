/** What every search of one study shares, and how one of them is made. */
import { keyOf, type Point, ranked, type SearchPlan, scoresOf, type TrialTable } from '../optimize/index.ts';
import type { OpenStudy } from '../registry/index.ts';
import type { ParamSet } from '../sweep/index.ts';
import type { Arena, Part } from './arena.ts';
import type { StudyPlan } from './plan.ts';
import { runSearch, type StudyProgress } from './stage.ts';
import type { StudyLedger } from './study-ledger.ts';

export type Desk = {
  readonly plan: StudyPlan;
  readonly arena: Arena;
  readonly seed: number;
  readonly folder: OpenStudy | undefined;
  readonly book: StudyLedger | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: StudyProgress) => void) | undefined;
};

export type Searched = {
  readonly trials: TrialTable;
  readonly evaluated: number;
  readonly scores: Float64Array;
  /** Places of the scored trials, best first. */
  readonly order: Int32Array;
};

/** Searches a part of the range under the study's own objective and conditions. */
export async function searchPart(
  desk: Desk,
  part: Part,
  name: string,
  { plan = desk.plan.search, points }: { readonly plan?: SearchPlan; readonly points?: readonly Point[] } = {},
): Promise<Searched> {
  const { folder, signal, onProgress, book } = desk;
  const { space, objective, constraints } = desk.plan;
  const executor = await part.executor();
  try {
    const { trials, evaluated } = await runSearch({
      name,
      space,
      plan,
      ...(points === undefined ? {} : { points }),
      seed: desk.seed,
      objective,
      constraints,
      executor,
      ...(folder === undefined ? {} : { folder }),
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onProgress }),
      onTrials: (points, result) => book?.record(points, result),
    });
    const scores = scoresOf(trials, objective, constraints);
    return { trials, evaluated, scores, order: ranked(scores) };
  } finally {
    await executor.close();
  }
}

/** Distinct points of the main search and of others in the same space, of which its trials are a fair sample. */
export function distinctPoints(main: TrialTable, others: readonly TrialTable[]): number {
  if (others.length === 0) return main.count;
  const keys = new Set<string>();
  for (const trials of [main, ...others]) for (let t = 0; t < trials.count; t++) keys.add(keyOf(trials.pointAt(t)));
  return keys.size;
}

/** Figures and returns of one set over a part. */
export function measure(
  part: Part,
  set: ParamSet,
): { readonly figures: Readonly<Record<string, number>>; readonly returns: Float64Array } {
  const { figures, returns, failures } = part.sweep.run([set], { returns: true });
  const failure = failures.get(0);
  if (failure !== undefined) throw failure;
  return {
    figures: Object.fromEntries(Object.entries(figures).map(([key, column]) => [key, column[0]!])),
    returns: returns ?? new Float64Array(0),
  };
}
