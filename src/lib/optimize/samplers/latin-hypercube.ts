/** Latin hypercube (McKay, Beckman and Conover 1979): each dimension is cut into as many strata as points, and each stratum is met once. */
import { type Rng, shuffle } from '../../core/index.ts';
import { type Allows, keyOf, type Point, type SearchSpace } from '../space/space.ts';
import { nothingAllowed, pointFromUnit } from './draw.ts';
import { listSampler } from './list.ts';
import type { Sampler } from './sampler.ts';

const ROUNDS = 64;

/** @param count points of the design; those that conditions or repeats take away are drawn again by further, smaller designs */
export function latinHypercube(space: SearchSpace, allows: Allows, rng: Rng, count: number): readonly Point[] {
  const points: Point[] = [];
  const seen = new Set<string>();
  for (let round = 0; round < ROUNDS && points.length < count; round++) {
    for (const unit of design(space.dimensions.length, count - points.length, rng)) {
      const point = pointFromUnit(space, unit);
      const key = keyOf(point);
      if (seen.has(key) || !allows(point)) continue;
      seen.add(key);
      points.push(point);
    }
  }
  if (points.length === 0) throw nothingAllowed();
  return points;
}

export function latinHypercubeSampler(space: SearchSpace, allows: Allows, rng: Rng, count: number): Sampler {
  return listSampler(latinHypercube(space, allows, rng, count));
}

function* design(dimensions: number, count: number, rng: Rng): Iterable<Float64Array> {
  const strata = Array.from({ length: dimensions }, () => permutation(count, rng));
  for (let i = 0; i < count; i++) yield Float64Array.from(strata, (order) => (order[i]! + rng.next()) / count);
}

function permutation(count: number, rng: Rng): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  shuffle(order, rng);
  return order;
}
