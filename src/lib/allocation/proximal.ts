/** The point within the bounds that is nearest to a given one, trading and size paid for: the inner step of every solver here. */
import type { Feasible } from './bounds.ts';
import { fallingRoot } from './falling-root.ts';

export type Pull = {
  /** Weight of each squared distance, > 0. */
  readonly metric: Float64Array;
  /** Price of each unit of distance from `from`, >= 0. */
  readonly cost: number;
  readonly from: Float64Array;
};

/** What the sums of weights may be off, relative to the bound. */
const ZERO = 2 ** -51;

/**
 * argmin sum metric_i / 2 (w_i - v_i)^2 + cost |w_i - from_i| within the bounds. Given prices of net and gross the assets part, and each is
 * solved by cases; the sum of the weights falls in the price of the net, the gross in its own: two roots, the one within the other.
 */
export function proximal(out: Float64Array, v: Float64Array, limits: Feasible, pull: Pull): Float64Array {
  atNet(out, v, limits, pull, 0);
  const free = grossOf(out);
  if (free <= limits.gross * (1 + 1e-13)) return out;
  const excess = (price: number): number => grossOf(atNet(out, v, limits, pull, price)) - limits.gross;
  let high = 1e-9 + scaleOf(v, limits, pull);
  let below = excess(high);
  for (let k = 0; k < 100 && below > 0; k++) {
    high *= 2;
    below = excess(high);
  }
  const bracket = { low: 0, high, above: free - limits.gross, below };
  const price = fallingRoot(excess, { ...bracket, width: 1e-15 * high, zero: ZERO * limits.gross });
  return atNet(out, v, limits, pull, price);
}

function grossOf(weights: Float64Array): number {
  let sum = 0;
  for (const w of weights) sum += Math.abs(w);
  return sum;
}

function scaleOf(v: Float64Array, { low, high }: Feasible, { metric, cost }: Pull): number {
  let scale = cost;
  for (let i = 0; i < v.length; i++)
    scale = Math.max(scale, metric[i]! * (Math.abs(v[i]!) + Math.abs(low[i]!) + Math.abs(high[i]!)) + cost);
  return scale;
}

/** Finds the price of the net for a given price of the gross. */
function atNet(out: Float64Array, v: Float64Array, limits: Feasible, pull: Pull, size: number): Float64Array {
  if (limits.net === null) return place(out, v, limits, pull, 0, size);
  const { net } = limits;
  const reach = 2 * (scaleOf(v, limits, pull) + size) + 1e-9;
  const price = fallingRoot((x) => sumOf(place(out, v, limits, pull, x, size)) - net, {
    low: -reach,
    high: reach,
    width: 1e-16 * reach,
    zero: ZERO * Math.max(1, Math.abs(net)),
  });
  place(out, v, limits, pull, price, size);
  return settle(out, limits);
}

function sumOf(weights: Float64Array): number {
  let sum = 0;
  for (const w of weights) sum += w;
  return sum;
}

/** What the root leaves of the sum goes to the weights with room; one that rests on a kink stays there while others have some. */
function settle(out: Float64Array, limits: Feasible): Float64Array {
  const rest = spread(out, limits, (limits.net ?? 0) - sumOf(out), (w) => w !== 0);
  spread(out, limits, rest, () => true);
  return out;
}

/** Moves the weights that may move by `rest` in all, as far as their bounds let them. @returns what is left of it */
function spread(out: Float64Array, { low, high }: Feasible, rest: number, mayMove: (w: number) => boolean): number {
  let left = rest;
  for (let i = 0; i < out.length && left !== 0; i++) {
    if (!mayMove(out[i]!)) continue;
    const moved = Math.min(high[i]!, Math.max(low[i]!, out[i]! + left)) - out[i]!;
    out[i]! += moved;
    left -= moved;
  }
  return left;
}

/** Minimum of m/2 (w - v)^2 + net w + cost |w - from| + size |w| in [low, high], asset by asset. */
function place(
  out: Float64Array,
  v: Float64Array,
  { low, high }: Feasible,
  { metric, cost, from }: Pull,
  net: number,
  size: number,
): Float64Array {
  for (let i = 0; i < v.length; i++) {
    const m = metric[i]!;
    const free = v[i]! - net / m;
    const w = cost === 0 && size === 0 ? free : kinked(free, m, cost, from[i]!, size);
    out[i] = Math.min(high[i]!, Math.max(low[i]!, w));
  }
  return out;
}

/** Minimum of m/2 (w - free)^2 + cost |w - from| + size |w|: the slope crosses 0 within one of three stretches or at one of two kinks. */
function kinked(free: number, m: number, cost: number, from: number, size: number): number {
  const first = Math.min(0, from);
  const second = Math.max(0, from);
  // Slopes of the two absolute values left of, between and right of their kinks.
  const left = free + (cost + size) / m;
  if (left < first) return left;
  const betweenSlope = from >= 0 ? size - cost : cost - size;
  const between = free - betweenSlope / m;
  if (between < first) return first;
  if (between <= second) return between;
  const right = free - (cost + size) / m;
  return right > second ? right : second;
}
