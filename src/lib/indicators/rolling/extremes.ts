/** Largest and smallest of the last n values and how long ago they were, by two blocks (van Herk 1992, Gil & Werman 1993): the rest of an old block, whose extremes are ready, and the running extreme since. */
import { apply, type Expr, type Operand, remembered } from '../expression.ts';
import { defineKernel, type Kernel, stepLoop } from '../kernel.ts';
import { period } from '../parameter.ts';
import { fitsBlocks, runBlocks } from '../simd/blocks.ts';
import { type Site, stretchScan } from '../simd/stretch.ts';
import { extremeLanes } from './extreme-lanes.ts';

type Extreme = {
  /** The last n values, in a ring; NaN until there were so many. */
  readonly values: Float64Array;
  /** `tail[m]`: extreme, times sign, of what is left of the window of the last rebuild when m values have come since; NaN where it was not full. */
  readonly tail: Float64Array;
  /** 1 for the largest, -1 for the smallest: the smallest of x is the largest of -x. */
  readonly sign: 1 | -1;
  /** Next place in the ring. */
  at: number;
  /** Values since the last rebuild. */
  since: number;
  /** Largest of them, times sign, and its number among them. */
  head: number;
  headAt: number;
};

/** The tail is made anew only when the largest value leaves the window, at the earliest n values after the last time. */
function rebuild(s: Extreme, newest: number): number {
  const { values, tail, sign } = s;
  let k = newest;
  let best = Number.NEGATIVE_INFINITY;
  for (let m = values.length - 1; m >= 0; m--) {
    const v = values[k]! * sign + 0;
    // A missing value stays: all older ones are missing too.
    if (!(v <= best)) best = v;
    tail[m] = best;
    k = k === 0 ? values.length - 1 : k - 1;
  }
  return best;
}

/** Counting starts anew before numbers grow beyond small integers. */
const LONGEST_RUN = 1 << 29;

function extremeStep(s: Extreme, value: number): number {
  const { values, tail, sign } = s;
  const n = values.length;
  // -0 becomes 0: of the two, which one is the larger would depend on the order.
  const x = value * sign + 0;
  const at = s.at;
  values[at] = value;
  s.at = at + 1 === n ? 0 : at + 1;
  const since = s.since + 1;
  s.since = since;
  if (x >= s.head) {
    s.head = x;
    s.headAt = since;
  }
  if (since < n) {
    const before = tail[since]!;
    return (s.head > before ? s.head : before) * sign + 0;
  }
  if (s.headAt > since - n && since < LONGEST_RUN) return s.head * sign + 0;
  s.since = 0;
  s.head = Number.NEGATIVE_INFINITY;
  return rebuild(s, at) * sign + 0;
}

const stepped = stepLoop(extremeStep, 1);

/** An extreme is one of the values, so that any way to find it gives the same bits. */
function run(s: Extreme, site: Site): number {
  const { largest, smallest } = extremeLanes(site.memory);
  const done = runBlocks(s, site, s.sign === 1 ? largest : smallest);
  if (done === 0) return 0;
  s.since = 0;
  s.head = Number.NEGATIVE_INFINITY;
  rebuild(s, (s.at === 0 ? s.values.length : s.at) - 1);
  return done;
}

const scan = stretchScan<Extreme>(1, stepped, run);

function extreme(name: string, n: number, sign: 1 | -1): Kernel {
  period(name, n);
  return defineKernel<Extreme>({
    name,
    args: [n],
    arity: 1,
    warmup: n - 1,
    init: () => ({
      values: new Float64Array(n).fill(Number.NaN),
      tail: new Float64Array(n).fill(Number.NaN),
      sign,
      at: 0,
      since: 0,
      head: Number.NEGATIVE_INFINITY,
      headAt: 0,
    }),
    step: extremeStep,
    ...(fitsBlocks(n) ? { scan } : {}),
  });
}

/** Largest of the last n values. */
export const highest = remembered((x: Operand, n: number): Expr => apply(extreme('highest', n, 1), x));

/** Smallest of the last n values. */
export const lowest = remembered((x: Operand, n: number): Expr => apply(extreme('lowest', n, -1), x));

type Place = {
  /** The block being filled. */
  readonly values: Float64Array;
  /** `tail[j]`: extreme of values j.. of the block before; NaN until there is one. */
  readonly tail: Float64Array;
  at: number;
  /** Extreme of the block so far. */
  head: number;
  /** `tailAt[j]`: where in the block before the extreme of its values j.. stands. */
  readonly tailAt: Int32Array;
  headAt: number;
  readonly sign: 1 | -1;
};

/** Of equal extremes the most recent counts. */
function placeStep(s: Place, value: number): number {
  const { values, tail, tailAt } = s;
  const x = value * s.sign;
  const n = values.length;
  const at = s.at;
  values[at] = x;
  if (at < n - 1) {
    if (x >= s.head) {
      s.head = x;
      s.headAt = at;
    }
    s.at = at + 1;
    const before = tail[at + 1]!;
    if (s.head >= before) return at - s.headAt;
    return before > s.head ? at + n - tailAt[at + 1]! : Number.NaN;
  }
  let best = x;
  let bestAt = at;
  for (let j = n - 1; j >= 0; j--) {
    const v = values[j]!;
    if (v > best) {
      best = v;
      bestAt = j;
    }
    tail[j] = best;
    tailAt[j] = bestAt;
  }
  s.at = 0;
  s.head = Number.NEGATIVE_INFINITY;
  return at - bestAt;
}

function place(name: string, n: number, sign: 1 | -1): Kernel {
  period(name, n);
  return defineKernel<Place>({
    name,
    args: [n],
    arity: 1,
    warmup: n - 1,
    init: () => ({
      values: new Float64Array(n),
      tail: new Float64Array(n).fill(Number.NaN),
      tailAt: new Int32Array(n),
      at: 0,
      head: Number.NEGATIVE_INFINITY,
      headAt: 0,
      sign,
    }),
    step: placeStep,
  });
}

/** Rows since the largest of the last n values, 0 to n - 1; of equal ones the most recent counts. */
export const barsSinceHighest = (x: Operand, n: number): Expr => apply(place('barsSinceHighest', n, 1), x);
/** Rows since the smallest of the last n values, 0 to n - 1; of equal ones the most recent counts. */
export const barsSinceLowest = (x: Operand, n: number): Expr => apply(place('barsSinceLowest', n, -1), x);
