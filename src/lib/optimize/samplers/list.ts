/** Given points, in their order. */
import type { Point } from '../space/space.ts';
import type { Sampler } from './sampler.ts';

export function listSampler(points: readonly Point[]): Sampler {
  let next = 0;
  return {
    distinct: true,
    ask: (limit) => {
      const page = points.slice(next, next + limit);
      next += page.length;
      return page;
    },
    tell: () => undefined,
  };
}
