/** The loop of every search: ask a method for points, have them evaluated, tell it the scores. */
import { invariant } from '../core/index.ts';
import { type FigureKey, figureKeys, type SweepResult } from '../sweep/index.ts';
import type { TrialExecutor } from './executor.ts';
import { type Constraints, meets } from './objective/constraints.ts';
import { type Objective, scoreOf } from './objective/objective.ts';
import type { Sampler } from './samplers/sampler.ts';
import { keyOf, type Point, paramsAt, type SearchSpace } from './space/space.ts';
import type { TrialTable } from './trials.ts';

export type SearchOptions = {
  readonly space: SearchSpace;
  readonly sampler: Sampler;
  readonly objective: Objective;
  readonly constraints: Pick<Constraints, 'figures'>;
  readonly executor: Pick<TrialExecutor, 'evaluate' | 'lanes'>;
  /** Most distinct points to evaluate. */
  readonly budget: number;
  /** Trials known from an earlier, interrupted search of the same kind, in order; they are not evaluated again. */
  readonly known?: TrialTable;
  /** Most sets in the next batch; results do not depend on it. */
  readonly batchSize?: () => number;
  /** Hears of each batch before the next is decided on, in the order of the trials; told whether it was evaluated just now. */
  readonly onBatch?: (
    first: number,
    points: readonly Point[],
    result: SweepResult,
    fresh: boolean,
  ) => Promise<void> | void;
  /** Ends the search between two batches. */
  readonly stopped?: () => boolean;
};

/** Generations in a row without a new point after which a search has converged. */
const PATIENCE = 20;
const BATCH = 256;

export type SearchEnd = 'budget' | 'exhausted' | 'stopped';

/**
 * Fills `trials` with the evaluated points in the order they were proposed.
 * Same space, sampler, objective and budget: same trials, whatever the executor, its batches and their timing.
 */
export async function search(options: SearchOptions, trials: TrialTable): Promise<SearchEnd> {
  const { sampler, objective, constraints, budget } = options;
  const places = new Map<string, number>();
  for (let idle = 0; trials.count < budget && idle < PATIENCE; ) {
    const points = sampler.ask(budget - trials.count);
    if (points.length === 0) return 'exhausted';
    const fresh = sampler.distinct ? points : unseen(points, places);
    const before = trials.count;
    if (!(await evaluate(options, fresh.slice(0, budget - before), trials))) return 'stopped';
    idle = trials.count === before ? idle + 1 : 0;
    if (!sampler.distinct) for (let t = before; t < trials.count; t++) places.set(keyOf(trials.pointAt(t)), t);
    const scores = Float64Array.from(points, (point, k) => {
      const trial = sampler.distinct ? before + k : (places.get(keyOf(point)) ?? -1);
      return trial < 0 ? Number.NaN : scoreAt(trials, trial, objective, constraints);
    });
    sampler.tell(points, scores);
  }
  return trials.count >= budget ? 'budget' : 'exhausted';
}

/** Score of a trial; NaN when it failed, has no such figure or breaks a constraint. */
export function scoreAt(
  trials: TrialTable,
  trial: number,
  objective: Objective,
  constraints: Pick<Constraints, 'figures'>,
): number {
  if (trials.failed(trial) || !meets(constraints, trials.figures, trial)) return Number.NaN;
  return scoreOf(objective, trials.figures, trial);
}

function unseen(points: readonly Point[], places: ReadonlyMap<string, number>): readonly Point[] {
  const added = new Set<string>();
  return points.filter((point) => {
    const key = keyOf(point);
    if (places.has(key) || added.has(key)) return false;
    added.add(key);
    return true;
  });
}

/** Evaluates points in batches, several in flight, and appends them in order. False when stopped half way. */
async function evaluate(options: SearchOptions, points: readonly Point[], trials: TrialTable): Promise<boolean> {
  const { known, executor, space, batchSize = () => BATCH, stopped = () => false } = options;
  let next = 0;
  if (known !== undefined && trials.count < known.count) next = await recall(options, points, trials, known);
  const flying: { readonly points: readonly Point[]; readonly result: Promise<SweepResult> }[] = [];
  const land = async (): Promise<void> => {
    const batch = flying.shift();
    invariant(batch !== undefined, 'a batch is in flight');
    const result = await batch.result;
    const first = trials.append(batch.points, result);
    await options.onBatch?.(first, batch.points, result, true);
  };
  // Few points are shared among all lanes, however long a batch may be.
  const share = Math.ceil(points.length / executor.lanes);
  while (next < points.length && !stopped()) {
    const part = points.slice(next, next + Math.max(1, Math.min(share, batchSize())));
    next += part.length;
    const result = executor.evaluate(part.map((point) => paramsAt(space, point)));
    // A failure is met where the batch lands, not as an unhandled rejection before that.
    result.catch(() => undefined);
    flying.push({ points: part, result });
    // As many again lie ready as are worked on: they land in order, and one that takes long keeps no lane waiting.
    if (flying.length >= 2 * executor.lanes) await land();
  }
  while (flying.length > 0) await land();
  return next >= points.length;
}

/** Takes over what an earlier search had evaluated of these points. */
async function recall(
  options: SearchOptions,
  points: readonly Point[],
  trials: TrialTable,
  known: TrialTable,
): Promise<number> {
  const first = trials.count;
  const count = Math.min(points.length, known.count - first);
  const part = points.slice(0, count);
  const same = part.every((point, k) =>
    point.every((code, d) => code === known.codes[(first + k) * known.dimensions + d]),
  );
  invariant(same, 'the journal of a search holds the points that the search proposes');
  const figures = Object.fromEntries(
    figureKeys.map((key) => [key, known.figures[key].subarray(first, first + count)]),
  ) as Record<FigureKey, Float64Array>; // every key is there
  const result: SweepResult = { figures, failures: new Map() };
  trials.append(part, result);
  for (let k = 0; k < count; k++) {
    const failure = known.failures.get(first + k);
    if (failure !== undefined) trials.failures.set(first + k, failure);
  }
  await options.onBatch?.(first, part, result, false);
  return count;
}
