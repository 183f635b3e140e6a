/** Independent uniform draws (Bergstra and Bengio 2012), each point once. */
import type { Rng } from '../../core/index.ts';
import { type Allows, keyOf, type Point, type SearchSpace, sizeOf } from '../space/space.ts';
import { drawAllowed } from './draw.ts';
import type { Sampler } from './sampler.ts';

const PAGE = 8192;
/** Draws in a row that were seen before, after which a discrete space counts as exhausted. */
const PATIENCE = 1000;

export function randomSampler(space: SearchSpace, allows: Allows, rng: Rng): Sampler {
  const seen = new Set<string>();
  const size = sizeOf(space);
  return {
    distinct: true,
    ask: (limit) => {
      const points: Point[] = [];
      let repeats = 0;
      while (points.length < Math.min(limit, PAGE) && seen.size < size && repeats < PATIENCE) {
        const point = drawAllowed(space, allows, rng);
        const key = keyOf(point);
        if (seen.has(key)) {
          repeats++;
          continue;
        }
        repeats = 0;
        seen.add(key);
        points.push(point);
      }
      return points;
    },
    tell: () => undefined,
  };
}
