/** The most of something per unit of risk within the bounds: maximum Sharpe ratio, maximum diversification. */
import type { Feasible } from './bounds.ts';
import { fallingRoot } from './falling-root.ts';
import { minimise } from './quadratic-program.ts';
import { dot, quadratic, type Symmetric } from './symmetric.ts';

/** Trade-offs of reward against variance, relative to the first, beyond which the frontier has ended. */
const LONGEST = 2 ** 20;

/**
 * argmax reward' w / sqrt(w' A w). At the optimum w solves min w' A w / 2 - k reward' w with k = w' A w / reward' w (set the gradient of the
 * ratio to 0), and the ratio has one peak along the frontier, so that k is the root of a falling function.
 * @returns the weights of least variance when no weights within the bounds have a reward above 0
 */
export function bestRatio(
  matrix: Symmetric,
  reward: Float64Array,
  limits: Feasible,
  start: Float64Array,
): Float64Array {
  const solve = (k: number, from: Float64Array): Float64Array =>
    minimise({ matrix, linear: reward.map((r) => k * r), limits }, from);
  const least = solve(0, start);
  let weights = least;
  /** Above 0 while k is too small. */
  const surplus = (k: number): number => {
    weights = solve(k, weights);
    return quadratic(matrix, weights) - k * dot(reward, weights);
  };
  const first = quadratic(matrix, least) / Math.max(1e-300, Math.abs(dot(reward, least)));
  let low = 0;
  let high = first;
  let above = quadratic(matrix, least);
  let below = surplus(high);
  while (below > 0) {
    // The frontier has ended: not even the weights of most reward have any.
    if (high > LONGEST * first) return least;
    [low, above] = [high, below];
    high *= 2;
    below = surplus(high);
  }
  return solve(fallingRoot(surplus, { low, high, above, below, width: 1e-10 * high, zero: 0 }), weights);
}
