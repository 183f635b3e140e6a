/** How a run ended and what a report of it needs beside its tables and figures, as it is stored. */
import { type Json, SigmaError } from '../core/index.ts';
import type { EngineResult } from '../engine/index.ts';
import type { RunView } from '../report/index.ts';

export type Outcome = Pick<EngineResult, 'totals' | 'bars' | 'instants' | 'ambiguousBars' | 'ended'> &
  Pick<RunView, 'description' | 'periodsPerYear' | 'quality'> & {
    readonly title: string;
    /** Absent in runs of data that nobody chose with hindsight. */
    readonly hindsight?: true;
    /** Name of the benchmark whose value stands in the equity table. */
    readonly benchmark?: string;
    readonly bounds?: NonNullable<RunView['bounds']>;
  };

export function outcomeOf(view: RunView): Json {
  const { totals, bars, instants, ambiguousBars, ended } = view.result;
  const outcome: Outcome = {
    totals,
    bars,
    instants,
    ambiguousBars,
    ended,
    description: view.description,
    title: view.dataset.title,
    ...(view.dataset.hindsight ? { hindsight: true } : {}),
    periodsPerYear: view.periodsPerYear,
    quality: view.quality,
    ...(view.benchmark === undefined ? {} : { benchmark: view.benchmark.name }),
    ...(view.bounds === undefined ? {} : { bounds: view.bounds }),
  };
  return outcome;
}

export function readOutcome(stored: Json, id: string): Outcome {
  if (typeof stored !== 'object' || stored === null || !('totals' in stored)) {
    throw new SigmaError('store/corrupt', 'the run has no totals', { where: `run ${id}` });
  }
  return stored as Outcome; // written by `outcomeOf` and vouched for by its hash
}
