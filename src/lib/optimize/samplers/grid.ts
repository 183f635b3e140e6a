/** Every combination of evenly spaced values, the last dimension fastest. */
import { evenCodes, levelsOf } from '../space/dimension.ts';
import type { Allows, Point, SearchSpace } from '../space/space.ts';
import type { Sampler } from './sampler.ts';

const PAGE = 8192;

export function gridSampler(space: SearchSpace, allows: Allows, budget = Number.POSITIVE_INFINITY): Sampler {
  const axes = gridAxes(space, budget);
  const total = axes.reduce((size, axis) => size * axis.length, 1);
  let next = 0;
  return {
    distinct: true,
    ask: (limit) => {
      const points: Point[] = [];
      for (; next < total && points.length < Math.min(limit, PAGE); next++) {
        const point = pointAt(axes, next);
        if (allows(point)) points.push(point);
      }
      return points;
    },
    tell: () => undefined,
  };
}

/** Codes of each dimension: all levels, thinned evenly (longest axis first) until the product fits the budget. */
export function gridAxes(space: SearchSpace, budget: number): readonly (readonly number[])[] {
  const counts = space.dimensions.map((dimension) => Math.min(levelsOf(dimension), CONTINUOUS_LEVELS));
  for (;;) {
    const size = counts.reduce((product, count) => product * count, 1);
    const longest = counts.indexOf(Math.max(...counts));
    if (size <= budget || counts[longest]! <= 2) break;
    // In one step to about the size wanted; the last few by one.
    const wanted = Math.ceil((counts[longest]! * budget) / size);
    const second = Math.max(2, ...counts.filter((_, k) => k !== longest));
    counts[longest] = Math.max(2, Math.min(counts[longest]! - 1, Math.max(wanted, second - 1)));
  }
  return space.dimensions.map((dimension, d) => evenCodes(dimension, counts[d]!));
}

/** Values looked at of a range that has no step. */
const CONTINUOUS_LEVELS = 1000;

function pointAt(axes: readonly (readonly number[])[], place: number): Point {
  const point = new Float64Array(axes.length);
  let rest = place;
  for (let d = axes.length - 1; d >= 0; d--) {
    const axis = axes[d]!;
    point[d] = axis[rest % axis.length]!;
    rest = Math.floor(rest / axis.length);
  }
  return point;
}
