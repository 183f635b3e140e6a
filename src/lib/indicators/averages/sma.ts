/** The simple moving average. */
import { apply, type Expr, type Operand, remembered } from '../expression.ts';
import { defineKernel, type Kernel, stepLoop } from '../kernel.ts';
import { period } from '../parameter.ts';
import { fitsBlocks, runBlocks } from '../simd/blocks.ts';
import { isComplete, type Site, stretchScan } from '../simd/stretch.ts';
import { addressOf, workspace } from '../simd/workspace.ts';
import { fewLanes, meanLanes } from './sma-lanes.ts';

type Mean = {
  /** The block being filled. */
  readonly values: Float64Array;
  readonly share: number;
  /** `tail[j]`: sum over values j.. of the block before of distances from the pivot; NaN until there is one. */
  readonly tail: Float64Array;
  at: number;
  /** Last value of the block before, so that a flat window has exactly its value as mean. */
  pivot: number;
  head: number;
  /** Values are added two at a time, which waits half as often: the first of a pair, where it has come. */
  first: number;
  odd: boolean;
};

/** Sums of the block xs[from, from + n) backward from its end, by pairs. Returns that of the whole block. */
function sumBack(tail: Float64Array, xs: Float64Array, from: number, last: number): number {
  let sum = 0;
  let j = tail.length - 1;
  let k = from + j;
  for (; j > 0; j -= 2, k -= 2) {
    const a = xs[k]! - last;
    const b = xs[k - 1]! - last;
    tail[j] = sum + a;
    sum += a + b;
    tail[j - 1] = sum;
  }
  if (j === 0) {
    sum += xs[k]! - last;
    tail[0] = sum;
  }
  return sum;
}

function step(s: Mean, x: number): number {
  const { values, tail } = s;
  const at = s.at + 1;
  values[at - 1] = x;
  if (at < values.length) {
    const d = x - s.pivot;
    s.at = at;
    if (!s.odd) {
      s.odd = true;
      s.first = d;
      return s.pivot + (tail[at]! + (s.head + d)) * s.share;
    }
    s.odd = false;
    s.head += s.first + d;
    return s.pivot + (tail[at]! + s.head) * s.share;
  }
  const sum = sumBack(tail, values, 0, x);
  s.pivot = x;
  s.at = 0;
  s.head = 0;
  s.odd = false;
  return x + sum * s.share;
}

const stepped = stepLoop(step, 1);

function run(s: Mean, site: Site): number {
  const { means } = meanLanes(site.memory);
  const done = runBlocks(s, site, (start, gap, blocks, size, shift) => means(start, gap, blocks, size, shift, s.share));
  if (done === 0) return 0;
  const { values, at } = s;
  s.pivot = values[values.length - 1]!;
  sumBack(s.tail, values, 0, s.pivot);
  // The block begun is stepped through again: only its sum is missing.
  s.at = 0;
  s.head = 0;
  s.odd = false;
  for (let j = 0; j < at; j++) step(s, values[j]!);
  return done;
}

const scan = stretchScan<Mean>(1, stepped, run);

/** Windows up to this length are summed directly, newest first: as quick, and each row depends on no other. */
const DIRECT = 8;

type Few = { readonly share: number; readonly values: Float64Array; at: number };

function fewStep(s: Few, x: number): number {
  const { values } = s;
  const n = values.length;
  const at = s.at;
  values[at] = x;
  s.at = at + 1 === n ? 0 : at + 1;
  let sum = 0;
  for (let k = 1, j = at; k < n; k++) {
    j = j === 0 ? n - 1 : j - 1;
    sum += values[j]! - x;
  }
  return x + sum * s.share;
}

const fewStepped = stepLoop(fewStep, 1);

function fewRun(s: Few, { rows, before }: Site): number {
  if (before !== Number.POSITIVE_INFINITY || !isComplete(0, rows)) return 0;
  const { doubles } = workspace();
  const { values } = s;
  const n = values.length;
  const first = addressOf(0);
  // The last values in their order before the first row.
  for (let k = 1; k < n; k++) doubles[first / 8 - k] = values[(s.at - k + n) % n]!;
  fewLanes[n]!().means(first, first + 8 * rows, s.share);
  for (let k = 1; k <= n; k++) values[n - k] = doubles[first / 8 + rows - k]!;
  s.at = 0;
  return rows;
}

const fewScan = stretchScan<Few>(1, fewStepped, fewRun);

function few(n: number): Kernel {
  return defineKernel<Few>({
    name: 'sma',
    args: [n],
    arity: 1,
    warmup: n - 1,
    init: () => ({ share: 1 / n, values: new Float64Array(n).fill(Number.NaN), at: 0 }),
    step: fewStep,
    scan: fewScan,
  });
}

function blocks(n: number): Kernel {
  return defineKernel<Mean>({
    name: 'sma',
    args: [n],
    arity: 1,
    warmup: n - 1,
    init: () => ({
      values: new Float64Array(n).fill(Number.NaN),
      share: 1 / n,
      tail: new Float64Array(n).fill(Number.NaN),
      at: 0,
      pivot: Number.NaN,
      head: 0,
      first: 0,
      odd: false,
    }),
    step,
    ...(fitsBlocks(n) ? { scan } : {}),
  });
}

/**
 * Simple moving average: the mean of the last n values, in units of x. Two-block sums of distances from a value in the
 * window (see rolling/sum.ts): no drift over any length.
 */
export const sma = remembered((x: Operand, n: number): Expr => {
  period('sma', n);
  return apply(n <= DIRECT ? few(n) : blocks(n), x);
});
