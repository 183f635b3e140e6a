/** Differential evolution rand/1/bin (Storn and Price 1997) with dithered scale, in the unit cube; lists inherit values. */
import type { Rng } from '../../core/index.ts';
import { codeAt, unitOf } from '../space/dimension.ts';
import type { Allows, Point, SearchSpace } from '../space/space.ts';
import { drawAllowed } from './draw.ts';
import { latinHypercube } from './latin-hypercube.ts';
import type { Sampler } from './sampler.ts';

const CROSSOVER = 0.9;
const SCALE_LOW = 0.5;
const SCALE_SPAN = 0.5;
const TRIES = 10;

type Member = { point: Point; score: number };

/** @param population at least 4; ten a dimension up to 60 when left out */
export function differentialEvolution(
  space: SearchSpace,
  allows: Allows,
  rng: Rng,
  population = Math.max(8, Math.min(60, 10 * space.dimensions.length)),
): Sampler {
  const members: Member[] = [];
  const opening = latinHypercube(space, allows, rng, population);
  let opened = 0;

  const child = (target: number): Point => {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const point = mutant(space, members, target, rng);
      if (allows(point)) return point;
    }
    return drawAllowed(space, allows, rng);
  };

  return {
    distinct: false,
    ask: (limit) => {
      if (opened < opening.length) {
        const first = opening.slice(opened, opened + limit);
        opened += first.length;
        return first;
      }
      return members.length < 4 ? [] : members.slice(0, limit).map((_, target) => child(target));
    },
    tell: (points, scores) => {
      const opens = members.length < opening.length;
      points.forEach((point, k) => {
        const score = Number.isNaN(scores[k]!) ? Number.NEGATIVE_INFINITY : scores[k]!;
        if (opens) members.push({ point, score });
        else if (score >= members[k]!.score) members[k] = { point, score };
      });
    },
  };
}

function mutant(space: SearchSpace, members: readonly Member[], target: number, rng: Rng): Point {
  const [a, b, c] = threeOthers(members.length, target, rng);
  const scale = SCALE_LOW + SCALE_SPAN * rng.next();
  const kept = rng.integer(space.dimensions.length);
  return Float64Array.from(space.dimensions, (dimension, d) => {
    const own = members[target]!.point[d]!;
    if (d !== kept && rng.next() >= CROSSOVER) return own;
    if (dimension.kind === 'list') {
      const from = [a, b, c][rng.integer(3)]!;
      return rng.next() < 0.1 ? rng.integer(dimension.values.length) : members[from]!.point[d]!;
    }
    const unit = (member: number): number => unitOf(dimension, members[member]!.point[d]!);
    return codeAt(dimension, reflect(unit(a) + scale * (unit(b) - unit(c))));
  });
}

/** Back into [0, 1) at the wall that was crossed. */
function reflect(u: number): number {
  const inside = u < 0 ? -u : u >= 1 ? 2 - u : u;
  return Math.min(1 - 2 ** -53, Math.max(0, inside));
}

function threeOthers(count: number, target: number, rng: Rng): readonly [number, number, number] {
  const chosen: number[] = [];
  while (chosen.length < 3) {
    const member = rng.integer(count);
    if (member !== target && !chosen.includes(member)) chosen.push(member);
  }
  return [chosen[0]!, chosen[1]!, chosen[2]!];
}
