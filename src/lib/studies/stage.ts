/** One search of a study, journalled: what an earlier process evaluated is taken over, the rest is evaluated now. */
import {
  type Constraints,
  listSampler,
  type Objective,
  type Point,
  type SearchEnd,
  type SearchPlan,
  type SearchSpace,
  samplerOf,
  scoreAt,
  search,
  type TrialExecutor,
  TrialTable,
} from '../optimize/index.ts';
import type { OpenStudy } from '../registry/index.ts';
import type { SweepResult } from '../sweep/index.ts';
import { decodeBatches, encodeBatch } from './journal-codec.ts';

export type StudyProgress = {
  /** Which search of the study: `search`, `window 3`, … */
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  /** Best score so far; NaN while there is none. */
  readonly best: number;
};

export type SearchTask = {
  readonly name: string;
  readonly space: SearchSpace;
  readonly plan: SearchPlan;
  /** Exactly these points instead of those of the plan's method. */
  readonly points?: readonly Point[];
  readonly seed: number;
  readonly objective: Objective;
  readonly constraints: Constraints;
  readonly executor: TrialExecutor;
  readonly folder?: OpenStudy;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: StudyProgress) => void;
  /** Hears of each batch that was evaluated now. */
  readonly onTrials?: (points: readonly Point[], result: SweepResult) => void;
};

export type SearchOutcome = { readonly trials: TrialTable; readonly end: SearchEnd; readonly evaluated: number };

/** Batches take about this long, so that Ctrl-C and progress are prompt; longer with many lanes, for here they are dealt and read one by one. */
const BATCH_MS = 250;
const LANE_MS = 10;
const FIRST_BATCH = 8;
const LARGEST_BATCH = 8192;
/** A batch is at most so many times as long as the one before: the first also make their threads ready. */
const STEEPEST = 8;

export async function runSearch(task: SearchTask): Promise<SearchOutcome> {
  const { space, plan, objective, constraints, executor, folder, signal } = task;
  const trials = new TrialTable(space.dimensions.length);
  const budget = task.points?.length ?? plan.budget;
  const journal = folder?.stage(task.name);
  const known = journal === undefined ? undefined : decodeBatches(journal.known, space.dimensions.length);
  const pace = pacer(executor.lanes);
  let evaluated = 0;
  let best = Number.NaN;
  try {
    const end = await search(
      {
        space,
        sampler:
          task.points === undefined ? samplerOf(plan, space, constraints.allows, task.seed) : listSampler(task.points),
        objective,
        constraints,
        executor,
        budget,
        batchSize: pace.size,
        stopped: () => signal?.aborted === true,
        ...(known === undefined ? {} : { known }),
        onBatch: async (first, points, result, fresh) => {
          if (fresh) {
            // Counted before it is journalled: what a crash leaves between the two is evaluated and counted once more, as the same trials.
            task.onTrials?.(points, result);
            journal?.append(encodeBatch(first, points, result));
            evaluated += points.length;
          }
          best = bestOf(best, trials, first, task);
          task.onProgress?.({ stage: task.name, done: trials.count, total: budget, best });
          await pace.rest(points.length);
        },
      },
      trials,
    );
    return { trials, end, evaluated };
  } finally {
    await journal?.close();
  }
}

function bestOf(best: number, trials: TrialTable, first: number, { objective, constraints }: SearchTask): number {
  let highest = best;
  for (let t = first; t < trials.count; t++) {
    const score = scoreAt(trials, t, objective, constraints);
    if (!(score <= highest)) highest = Number.isNaN(score) ? highest : score;
  }
  return highest;
}

/** Sizes of batches from the time the last ones took a lane; gives way to the event loop between them. */
function pacer(lanes: number): { size: () => number; rest: (count: number) => Promise<void> } {
  const wanted = BATCH_MS + LANE_MS * lanes;
  let size = FIRST_BATCH;
  let since = performance.now();
  let landed = 0;
  return {
    size: () => size,
    rest: async (count) => {
      landed += count;
      // Judged when as many have landed as lanes take at once: the first of them tells what all took.
      if (landed >= size * lanes) {
        const took = ((performance.now() - since) * lanes * size) / landed;
        if (took < wanted / 2) size = Math.min(LARGEST_BATCH, size * Math.min(STEEPEST, Math.floor(wanted / took)));
        else if (took > wanted * 2) size = Math.max(1, Math.floor(size / 2));
        landed = 0;
        since = performance.now();
      }
      await new Promise((resume) => setImmediate(resume));
    },
  };
}
