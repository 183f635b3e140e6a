/** The contract of all search methods: proposals out, scores in, generation by generation. */
import type { Point } from '../space/space.ts';

/**
 * What is proposed depends on the seed and on the scores of earlier generations alone, never on how or when a
 * generation was evaluated: a search is repeated to the byte by asking again.
 */
export interface Sampler {
  /** True when no point is ever proposed twice. */
  readonly distinct: boolean;
  /** The next generation, at most `limit` points; empty when there is nothing left to propose. */
  ask(limit: number): readonly Point[];
  /** Scores of the points just asked for, higher is better, NaN where a set failed or breaks a constraint. */
  tell(points: readonly Point[], scores: Float64Array): void;
}
