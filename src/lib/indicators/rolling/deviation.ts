/** Robust spreads of the last n values: mean absolute and median absolute deviation. */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, type Kernel, type Step } from '../kernel.ts';
import { period } from '../parameter.ts';
import { OrderedWindow } from './ordered-window.ts';

/** Windows up to this length are summed directly: quicker than a tree, and a constant bound. */
const DIRECT = 64;

type Window = { readonly values: Float64Array; at: number; seen: number };

function directStep(s: Window, x: number): number {
  const { values } = s;
  const n = values.length;
  values[s.at] = x;
  s.at = s.at + 1 === n ? 0 : s.at + 1;
  if (s.seen < n) s.seen++;
  if (s.seen < n) return Number.NaN;
  let sum = 0;
  for (let k = 0; k < n; k++) sum += values[k]! - x;
  // The mean stays a distance from x: at a large offset it would be rounded.
  const mean = sum / n;
  let distance = 0;
  for (let k = 0; k < n; k++) distance += Math.abs(values[k]! - x - mean);
  return distance / n;
}

type Ordered = { readonly window: OrderedWindow; readonly values: Float64Array; at: number; seen: number };

function enter(s: Ordered, x: number): boolean {
  const n = s.values.length;
  s.window.replace(s.at, x, s.seen === n);
  s.values[s.at] = x;
  s.at = s.at + 1 === n ? 0 : s.at + 1;
  if (s.seen < n) s.seen++;
  return s.seen === n;
}

/** The k-th smallest (from 0) distance from `centre`, which has `below` values under it: distances on either side are sorted, so the split between them is found by halving. */
function distanceAt(window: OrderedWindow, n: number, below: number, centre: number, k: number): number {
  // Of the k + 1 nearest values, `left` lie below the centre: the least `left` for which the next one on the left is no nearer.
  let low = Math.max(0, k + 1 - (n - below));
  let high = Math.min(below, k + 1);
  while (low < high) {
    const left = (low + high) >>> 1;
    const nextLeft = centre - window.select(below - 1 - left);
    const lastRight = window.select(below + k - left) - centre;
    if (nextLeft < lastRight) low = left + 1;
    else high = left;
  }
  const fromLeft = low > 0 ? centre - window.select(below - low) : 0;
  const fromRight = low < k + 1 ? window.select(below + k - low) - centre : 0;
  return fromLeft > fromRight ? fromLeft : fromRight;
}

function medianDeviationStep(s: Ordered, x: number): number {
  if (!enter(s, x)) return Number.NaN;
  const { window } = s;
  const n = s.values.length;
  const upper = n >>> 1;
  const lower = (n - 1) >>> 1;
  const median = window.select(lower) + (window.select(upper) - window.select(lower)) / 2;
  const below = window.countBelow(median);
  const first = distanceAt(window, n, below, median, lower);
  return upper === lower ? first : first + (distanceAt(window, n, below, median, upper) - first) / 2;
}

function orderedMeanStep(s: Ordered, x: number): number {
  if (!enter(s, x)) return Number.NaN;
  return s.window.meanDeviation();
}

function ordered(name: string, n: number, step: Step<Ordered>): Kernel {
  return defineKernel<Ordered>({
    name,
    args: [n],
    arity: 1,
    warmup: n - 1,
    init: () => ({ window: new OrderedWindow(n), values: new Float64Array(n), at: 0, seen: 0 }),
    step,
  });
}

/** Mean absolute deviation of the last n values from their mean, in units of x. At most 64 additions a row, O(log n) for longer windows. */
export function rollingMeanDeviation(x: Operand, n: number): Expr {
  const name = 'rollingMeanDeviation';
  period(name, n);
  const direct = (): Kernel =>
    defineKernel<Window>({
      name,
      args: [n],
      arity: 1,
      warmup: n - 1,
      init: () => ({ values: new Float64Array(n), at: 0, seen: 0 }),
      step: directStep,
    });
  return apply(n <= DIRECT ? direct() : ordered(name, n, orderedMeanStep), x);
}

/** Median absolute deviation of the last n values from their median, in units of x, not scaled to a standard deviation (times 1.4826); O(log^2 n) a row. */
export function rollingMad(x: Operand, n: number): Expr {
  period('rollingMad', n);
  return apply(ordered('rollingMad', n, medianDeviationStep), x);
}
