/** Tree-structured Parzen estimator (Bergstra, Bardenet, Bengio and Kegl 2011) with one joint kernel a point (Falkner, Klein and Hutter 2018). */
import type { Rng } from '../../core/index.ts';
import { codeAt, levelsOf, unitOf } from '../space/dimension.ts';
import { type Allows, keyOf, type Point, type SearchSpace } from '../space/space.ts';
import { drawAllowed } from './draw.ts';
import { latinHypercube } from './latin-hypercube.ts';
import type { Sampler } from './sampler.ts';

export type TpeOptions = {
  /** Points of the Latin hypercube that opens the search. */
  readonly startup: number;
  /** Points proposed from one model. */
  readonly generation?: number;
  /** Draws from the good density of which the one with the best ratio is proposed. */
  readonly candidates?: number;
};

/** Share of the trials that count as good, and the most of them. */
const GOOD_SHARE = 0.1;
const GOOD_MOST = 25;
/** Most of the others that the bad density is built from: the newest. */
const BAD_MOST = 1000;
/** Weight of the uniform prior among the kernels. */
const PRIOR = 1;
/** Chance that a kernel over a list leaves its value. */
const MOVE = 0.2;

type Seen = { readonly unit: Float64Array; readonly score: number };

export function tpeSampler(space: SearchSpace, allows: Allows, rng: Rng, options: TpeOptions): Sampler {
  const { startup, generation = 16, candidates = 24 } = options;
  const trials: Seen[] = [];
  const opening = latinHypercube(space, allows, rng, startup);
  let opened = 0;
  const asked = new Set<string>();

  const propose = (good: readonly Seen[], bad: readonly Seen[]): Point => {
    let best: Point | undefined;
    let bestRatio = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < candidates; k++) {
      const unit = drawFrom(space, good, rng);
      const point = Float64Array.from(space.dimensions, (dimension, d) => codeAt(dimension, unit[d]!));
      if (!allows(point)) continue;
      const centre = Float64Array.from(space.dimensions, (dimension, d) => unitOf(dimension, point[d]!));
      // A point already asked for tells nothing new: it is taken only when every candidate is one.
      const ratio =
        logDensity(space, good, centre) - logDensity(space, bad, centre) - (asked.has(keyOf(point)) ? 1e6 : 0);
      if (ratio > bestRatio) {
        bestRatio = ratio;
        best = point;
      }
    }
    return best ?? drawAllowed(space, allows, rng);
  };

  return {
    distinct: false,
    ask: (limit) => {
      if (opened < opening.length) {
        const first = opening.slice(opened, opened + limit);
        opened += first.length;
        for (const point of first) asked.add(keyOf(point));
        return first;
      }
      const { good, bad } = divide(trials);
      return Array.from({ length: Math.min(limit, generation) }, () => {
        const point = propose(good, bad);
        asked.add(keyOf(point));
        return point;
      });
    },
    tell: (points, scores) => {
      points.forEach((point, k) => {
        const score = scores[k]!;
        trials.push({
          unit: Float64Array.from(space.dimensions, (dimension, d) => unitOf(dimension, point[d]!)),
          score: Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score,
        });
      });
    },
  };
}

function divide(trials: readonly Seen[]): { readonly good: readonly Seen[]; readonly bad: readonly Seen[] } {
  const count = Math.max(1, Math.min(GOOD_MOST, Math.ceil(GOOD_SHARE * trials.length)));
  // Equal scores rank by age: the order of a sort must not depend on the engine.
  const order = trials.map((_, i) => i).sort((a, b) => trials[b]!.score - trials[a]!.score || a - b);
  const good = order.slice(0, count).map((i) => trials[i]!);
  const bad = order
    .slice(count)
    .sort((a, b) => a - b)
    .slice(-BAD_MOST)
    .map((i) => trials[i]!);
  return { good, bad };
}

/** Scott 1992: the width of a kernel in the unit cube. */
function bandwidth(count: number, dimensions: number): number {
  return Math.max(0.01, 0.5 * count ** (-1 / (dimensions + 4)) * 0.5);
}

function drawFrom(space: SearchSpace, centres: readonly Seen[], rng: Rng): Float64Array {
  const place = rng.integer(centres.length + PRIOR);
  const centre = centres[place];
  const width = bandwidth(centres.length, space.dimensions.length);
  return Float64Array.from(space.dimensions, (dimension, d) => {
    if (centre === undefined) return rng.next();
    if (dimension.kind === 'list') return rng.next() < MOVE ? rng.next() : centre.unit[d]!;
    for (;;) {
      const u = centre.unit[d]! + width * rng.normal();
      if (u >= 0 && u < 1) return u;
    }
  });
}

function logDensity(space: SearchSpace, centres: readonly Seen[], at: Float64Array): number {
  const width = bandwidth(Math.max(1, centres.length), space.dimensions.length);
  let sum = PRIOR;
  for (const { unit } of centres) {
    let product = 1;
    for (let d = 0; d < at.length; d++) {
      const dimension = space.dimensions[d]!;
      if (dimension.kind === 'list') {
        const levels = levelsOf(dimension);
        const same = Math.abs(unit[d]! - at[d]!) * levels < 0.5;
        // Densities over the unit cube: a level has the width 1 / levels.
        product *= MOVE + (same ? (1 - MOVE) * levels : 0);
      } else {
        const z = (at[d]! - unit[d]!) / width;
        product *= Math.exp(-0.5 * z * z) / (width * 2.5066282746310002);
      }
    }
    sum += product;
  }
  return Math.log(sum / (centres.length + PRIOR));
}
