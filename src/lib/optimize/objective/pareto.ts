/** The trials that no other trial beats in everything at once (Pareto front). */
import type { FigureColumns, Objective } from './objective.ts';

/**
 * Places of the trials on the front, best in the first term first; equal trials keep only the first.
 * @param candidates places to look at; those with an undefined figure are left out
 */
export function paretoFront(
  objective: Objective,
  figures: FigureColumns,
  candidates: readonly number[],
): readonly number[] {
  const value = (i: number, term: number): number => {
    const { key, weight } = objective.terms[term]!;
    return weight > 0 ? figures[key][i]! : -figures[key][i]!;
  };
  const terms = objective.terms.map((_, term) => term);
  const whole = candidates.filter((i) => terms.every((term) => Number.isFinite(value(i, term))));
  // In this order a trial can be beaten only by one before it.
  const order = [...whole].sort((a, b) => {
    for (const term of terms) {
      const difference = value(b, term) - value(a, term);
      if (difference !== 0) return difference;
    }
    return a - b;
  });
  const front: number[] = [];
  for (const i of order) {
    if (!front.some((j) => terms.every((term) => value(j, term) >= value(i, term)))) front.push(i);
  }
  return front;
}
