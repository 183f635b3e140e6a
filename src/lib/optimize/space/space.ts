/** A search space: the parameters that vary, those that are held, and which points are allowed. */
import type { ParamValue } from '../../strategy/index.ts';
import type { ParamSet } from '../../sweep/index.ts';
import { type Dimension, levelsOf, valueAt } from './dimension.ts';

export type SearchSpace = {
  /** At least one. */
  readonly dimensions: readonly Dimension[];
  /** Values of all other parameters. */
  readonly fixed: ParamSet;
};

/** One code a dimension. */
export type Point = Float64Array;

/** Which points may be tried at all; conditions between parameters such as fast < slow. */
export type Allows = (point: Point) => boolean;

/** Points of the full grid; Infinity when a dimension is continuous. */
export function sizeOf(space: SearchSpace): number {
  return space.dimensions.reduce((size, dimension) => size * levelsOf(dimension), 1);
}

/** All parameters of the strategy at a point. */
export function paramsAt(space: SearchSpace, point: ArrayLike<number>): ParamSet {
  const set: Record<string, ParamValue> = { ...space.fixed };
  space.dimensions.forEach((dimension, d) => {
    set[dimension.name] = valueAt(dimension, point[d]!);
  });
  return set;
}

/** Equal points have equal keys. */
export function keyOf(point: Point): string {
  return point.join(',');
}
