/** Least variance less what is wanted, trading paid for, within the bounds: accelerated projected gradients. */
import { invariant } from '../core/index.ts';
import type { Feasible } from './bounds.ts';
import { proximal } from './proximal.ts';
import { correlations, eigenvalueBound, multiply, type Symmetric } from './symmetric.ts';

export type QuadraticProgram = {
  /** Positive definite. */
  readonly matrix: Symmetric;
  /** What a unit of each weight is worth. */
  readonly linear: Float64Array;
  readonly limits: Feasible;
  /** Price of a unit of trading away from `from`; 0 and no start unless given. */
  readonly cost?: number;
  readonly from?: Float64Array;
};

const ITERATIONS = 50_000;
/** A step this small in units of risk, relative to the largest position in such units, is the end. */
const TOLERANCE = 1e-12;
/** So is one that is lost in the rounding of the point it was projected from, which lies far out when much is wanted. */
const ROUNDING = 2 ** -50;

/**
 * argmin w' A w / 2 - linear' w + cost sum |w - from| within the limits, by FISTA (Beck and Teboulle 2009) with restarts (O'Donoghue and Candes
 * 2015) in the metric of the diagonal, so that the scale of an asset does not matter. Deterministic; strongly convex, so that it converges.
 * @param start any point, such as the solution of a similar programme
 */
export function minimise(program: QuadraticProgram, start: Float64Array): Float64Array {
  const { matrix, linear, limits, cost = 0 } = program;
  const { size, values } = matrix;
  const bound = eigenvalueBound(correlations(matrix));
  const metric = Float64Array.from({ length: size }, (_, i) => bound * values[i * size + i]!);
  const pull = { metric, cost, from: program.from ?? new Float64Array(size) };
  const point = new Float64Array(size);
  const gradient = new Float64Array(size);
  let current: Float64Array = proximal(new Float64Array(size), start, limits, pull);
  let next: Float64Array = new Float64Array(size);
  const ahead = Float64Array.from(current);
  let momentum = 1;
  for (let k = 0; k < ITERATIONS; k++) {
    multiply(gradient, matrix, ahead);
    for (let i = 0; i < size; i++) point[i] = ahead[i]! - (gradient[i]! - linear[i]!) / metric[i]!;
    proximal(next, point, limits, pull);
    let turned = 0;
    let step = 0;
    let largest = 0;
    let farthest = 0;
    let heaviest = 0;
    for (let i = 0; i < size; i++) {
      const scale = Math.sqrt(metric[i]!);
      turned += metric[i]! * (ahead[i]! - next[i]!) * (next[i]! - current[i]!);
      step = Math.max(step, scale * Math.abs(next[i]! - ahead[i]!), scale * Math.abs(next[i]! - current[i]!));
      largest = Math.max(largest, scale * Math.abs(next[i]!));
      farthest = Math.max(farthest, metric[i]! * Math.abs(point[i]!));
      heaviest = Math.max(heaviest, 1 / scale);
    }
    if (step <= TOLERANCE * largest + ROUNDING * farthest * heaviest) return next;
    const following = turned > 0 ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const weight = turned > 0 ? 0 : (momentum - 1) / following;
    for (let i = 0; i < size; i++) ahead[i] = next[i]! + weight * (next[i]! - current[i]!);
    momentum = following;
    [current, next] = [next, current];
  }
  invariant(current.every(Number.isFinite), 'a quadratic programme left the finite numbers');
  return current;
}
