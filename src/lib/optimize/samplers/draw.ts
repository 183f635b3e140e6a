/** Random points of a space that its conditions allow. */
import { type Rng, SigmaError } from '../../core/index.ts';
import { codeAt } from '../space/dimension.ts';
import type { Allows, Point, SearchSpace } from '../space/space.ts';

const PATIENCE = 20_000;

/** The point at a row of the unit cube. */
export function pointFromUnit(space: SearchSpace, unit: ArrayLike<number>): Point {
  return Float64Array.from(space.dimensions, (dimension, d) => codeAt(dimension, unit[d]!));
}

/** One uniform draw. @throws SigmaError usage/bad-space when 20,000 draws in a row break the conditions */
export function drawAllowed(space: SearchSpace, allows: Allows, rng: Rng): Point {
  for (let k = 0; k < PATIENCE; k++) {
    const point = Float64Array.from(space.dimensions, (dimension) => codeAt(dimension, rng.next()));
    if (allows(point)) return point;
  }
  throw nothingAllowed();
}

export function nothingAllowed(): SigmaError {
  return new SigmaError('usage/bad-space', 'no point of the space meets the conditions on its parameters', {
    where: '--space, --where',
    hint: 'widen the ranges or drop a condition',
  });
}
