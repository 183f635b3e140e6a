/** Trials from best to worst. */
import type { Constraints } from './objective/constraints.ts';
import type { Objective } from './objective/objective.ts';
import { scoreAt } from './search.ts';
import type { TrialTable } from './trials.ts';

/** Scores of all trials; NaN where a trial failed or breaks a constraint. */
export function scoresOf(
  trials: TrialTable,
  objective: Objective,
  constraints: Pick<Constraints, 'figures'>,
): Float64Array {
  return Float64Array.from({ length: trials.count }, (_, t) => scoreAt(trials, t, objective, constraints));
}

/** Places of the trials that have a score, best first; equals in the order they were made. */
export function ranked(scores: Float64Array): Int32Array {
  const places = Int32Array.from({ length: scores.length }, (_, t) => t).filter((t) => !Number.isNaN(scores[t]!));
  return places.sort((a, b) => scores[b]! - scores[a]! || a - b);
}
