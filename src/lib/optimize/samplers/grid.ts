/** Every combination of evenly spaced values, the last dimension fastest. */
import { evenCodes, levelsOf } from '../space/dimension.ts';
import type { Allows, Point, SearchSpace } from '../space/space.ts';
import { nothingAllowed } from './draw.ts';
import type { Sampler } from './sampler.ts';

const PAGE = 8192;

/**
 * @param budget most points; needed where a dimension is continuous
 * @throws SigmaError usage/bad-space, when first asked, where conditions leave no point
 */
export function gridSampler(space: SearchSpace, allows: Allows, budget: number): Sampler {
  const axes = gridAxes(space, budget);
  const total = axes.reduce((size, axis) => size * axis.length, 1);
  let next = 0;
  let met = false;
  return {
    distinct: true,
    ask: (limit) => {
      const points: Point[] = [];
      for (; next < total && points.length < Math.min(limit, PAGE); next++) {
        const point = pointAt(axes, next);
        if (allows(point)) points.push(point);
      }
      met ||= points.length > 0;
      if (!met) throw nothingAllowed();
      return points;
    },
    tell: () => undefined,
  };
}

/** Codes of each dimension: all levels where the grid fits the budget, and otherwise at most as many each as fit it, evenly spaced. */
function gridAxes(space: SearchSpace, budget: number): readonly (readonly number[])[] {
  const levels = space.dimensions.map(levelsOf);
  const most = Math.max(...levels.map((count) => Math.min(count, budget)));
  const size = (cap: number): number => levels.reduce((product, count) => product * Math.min(count, cap), 1);
  let low = 1;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (size(middle) <= budget) low = middle;
    else high = middle - 1;
  }
  return space.dimensions.map((dimension) => evenCodes(dimension, low));
}

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
