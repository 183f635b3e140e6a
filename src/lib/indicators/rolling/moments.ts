/**
 * Variance over the last n values. Sums are taken of distances from a pivot that is itself in the window, so the squares
 * that cancel are at most 2n times the result: a large offset costs nothing, and a flat window gives exactly zero.
 */
import { apply, type Expr, type Operand, remembered } from '../expression.ts';
import { defineKernel, type Kernel, type Step, stepLoop } from '../kernel.ts';
import { period, ranged } from '../parameter.ts';
import { fitsBlocks, runBlocks } from '../simd/blocks.ts';
import { type Site, stretchScan } from '../simd/stretch.ts';
import { momentLanes } from './moment-lanes.ts';

type Moments = {
  /** The block being filled. */
  readonly values: Float64Array;
  /** Sums over values j.. of the block before, of distances from the pivot and of their squares; NaN until there is one. */
  readonly tail: Float64Array;
  readonly tailSquares: Float64Array;
  /** 1 / n and 1 / (n - ddof). */
  readonly share: number;
  readonly weight: number;
  readonly root: boolean;
  at: number;
  /** Last value of the block before: in every window that reaches back into that block. */
  pivot: number;
  head: number;
  headSquares: number;
  /** Sums over the whole window. */
  sum: number;
  squares: number;
};

function push(s: Moments, x: number): void {
  const { values, tail, tailSquares } = s;
  const n = values.length;
  const at = s.at;
  values[at] = x;
  if (at < n - 1) {
    const d = x - s.pivot;
    s.head += d;
    s.headSquares += d * d;
    s.at = at + 1;
    s.sum = tail[at + 1]! + s.head;
    s.squares = tailSquares[at + 1]! + s.headSquares;
    return;
  }
  s.at = 0;
  takeTail(s);
}

/** Sums over the block that is full, from its end. */
function takeTail(s: Moments): void {
  const { values, tail, tailSquares } = s;
  const last = values[values.length - 1]!;
  let sum = 0;
  let squares = 0;
  for (let j = values.length - 1; j >= 0; j--) {
    const d = values[j]! - last;
    sum += d;
    squares += d * d;
    tail[j] = sum;
    tailSquares[j] = squares;
  }
  s.pivot = last;
  s.head = 0;
  s.headSquares = 0;
  s.sum = sum;
  s.squares = squares;
}

function spread(s: Moments): number {
  const v = (s.squares - s.sum * s.sum * s.share) * s.weight;
  return v < 0 ? 0 : v;
}

const varianceStep = (s: Moments, x: number): number => {
  push(s, x);
  return spread(s);
};
const stdevStep = (s: Moments, x: number): number => {
  push(s, x);
  return Math.sqrt(spread(s));
};
const stepped = { variance: stepLoop(varianceStep, 1), deviation: stepLoop(stdevStep, 1) };

function run(s: Moments, site: Site): number {
  const { deviations, variances } = momentLanes(site.memory);
  const routine = s.root ? deviations : variances;
  const done = runBlocks(s, site, (start, gap, blocks, size, shift) =>
    routine(start, gap, blocks, size, shift, s.share, s.weight),
  );
  if (done === 0) return 0;
  takeTail(s);
  // The block begun is stepped through again: only its sums are missing.
  const { values, at } = s;
  s.at = 0;
  for (let j = 0; j < at; j++) push(s, values[j]!);
  return done;
}

const scans = {
  variance: stretchScan<Moments>(1, stepped.variance, run),
  deviation: stretchScan<Moments>(1, stepped.deviation, run),
};

const zscoreStep = (s: Moments, x: number): number => {
  const pivot = s.pivot;
  push(s, x);
  const n = s.values.length;
  const mean = s.sum / n;
  const deviation = Math.sqrt(spread(s));
  const distance = (s.at === 0 ? 0 : x - pivot) - mean;
  return deviation === 0 ? 0 : distance / deviation;
};

function moments(name: string, n: number, ddof: number, step: Step<Moments>): Kernel {
  period(name, n, 2);
  ranged(`${name} ddof`, ddof, 0, n - 1);
  return defineKernel<Moments>({
    name,
    args: [n, ddof],
    arity: 1,
    warmup: n - 1,
    init: () => ({
      values: new Float64Array(n).fill(Number.NaN),
      tail: new Float64Array(n).fill(Number.NaN),
      tailSquares: new Float64Array(n).fill(Number.NaN),
      share: 1 / n,
      weight: 1 / (n - ddof),
      root: step === stdevStep,
      at: 0,
      pivot: Number.NaN,
      head: 0,
      headSquares: 0,
      sum: Number.NaN,
      squares: Number.NaN,
    }),
    step,
    ...(step === zscoreStep || !fitsBlocks(n) ? {} : { scan: step === stdevStep ? scans.deviation : scans.variance }),
  });
}

/** Variance of the last n values over n - ddof (0: population, as TA-Lib's VAR; 1: sample), in squared units of x. */
export function rollingVariance(x: Operand, n: number, ddof = 0): Expr {
  return apply(moments('rollingVariance', n, ddof, varianceStep), x);
}

/** Standard deviation of the last n values over n - ddof (0: population, as TA-Lib's STDDEV; 1: sample), in units of x. */
export const rollingStdev = remembered<[ddof?: number]>((x, n, ddof = 0) =>
  apply(moments('rollingStdev', n, ddof, stdevStep), x),
);

/** Distance of x from the mean of its last n values in their standard deviations; 0 where they are all equal. */
export function rollingZscore(x: Operand, n: number, ddof = 0): Expr {
  return apply(moments('rollingZscore', n, ddof, zscoreStep), x);
}
