/** The most of something per unit of risk within the bounds: maximum Sharpe ratio, maximum diversification. */
import type { Feasible } from './bounds.ts';
import { minimise } from './quadratic-program.ts';
import { dot, quadratic, type Symmetric } from './symmetric.ts';

/**
 * argmax reward' w / sqrt(w' A w). At the optimum w solves min w' A w / 2 - k reward' w with k = w' A w / reward' w (set the gradient of the
 * ratio to 0), and the ratio has one peak along the frontier, so that k is bracketed and halved.
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
  /** Above 0 while k is too small. */
  const surplus = (k: number, w: Float64Array): number => quadratic(matrix, w) - k * dot(reward, w);
  let low = 0;
  let high = quadratic(matrix, least) / Math.max(1e-300, Math.abs(dot(reward, least)));
  let weights = least;
  for (let doubling = 0; doubling < 60; doubling++) {
    weights = solve(high, weights);
    if (surplus(high, weights) <= 0) break;
    low = high;
    high *= 2;
    // The frontier has ended: the weights of most reward have none.
    if (doubling === 59) return least;
  }
  while (high - low > 1e-10 * high) {
    const middle = (low + high) / 2;
    const found = solve(middle, weights);
    if (surplus(middle, found) > 0) low = middle;
    else {
      high = middle;
      weights = found;
    }
  }
  return weights;
}
