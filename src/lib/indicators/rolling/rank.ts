/** Order statistics of the last n values: quantile, median, rank; O(log n) a row. */
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel, type Kernel, type Step } from '../kernel.ts';
import { period, ranged } from '../parameter.ts';
import { OrderedWindow } from './ordered-window.ts';

type Ordered = {
  readonly window: OrderedWindow;
  readonly places: number;
  readonly q: number;
  at: number;
  seen: number;
};

function enter(s: Ordered, x: number): boolean {
  s.window.replace(s.at, x, s.seen === s.places);
  s.at = s.at + 1 === s.places ? 0 : s.at + 1;
  if (s.seen < s.places) s.seen++;
  return s.seen === s.places;
}

function quantileStep(s: Ordered, x: number): number {
  if (!enter(s, x)) return Number.NaN;
  const position = (s.places - 1) * s.q;
  const below = Math.floor(position);
  const low = s.window.select(below);
  if (below === position) return low;
  return low + (s.window.select(below + 1) - low) * (position - below);
}

function rankStep(s: Ordered, x: number): number {
  if (!enter(s, x)) return Number.NaN;
  return (s.window.countBelow(x) + s.window.countUpTo(x) + 1) / (2 * s.places);
}

function ordered(name: string, n: number, q: number, args: readonly number[], step: Step<Ordered>): Kernel {
  period(name, n);
  return defineKernel<Ordered>({
    name,
    args,
    arity: 1,
    warmup: n - 1,
    init: () => ({ window: new OrderedWindow(n), places: n, q, at: 0, seen: 0 }),
    step,
  });
}

/** The q-quantile (0 to 1) of the last n values, linear between them (Hyndman & Fan 1996 type 7, as numpy and pandas); in units of x. */
export function rollingQuantile(x: Operand, n: number, q: number): Expr {
  ranged('rollingQuantile q', q, 0, 1);
  return apply(ordered('rollingQuantile', n, q, [n, q], quantileStep), x);
}

/** Median of the last n values, in units of x. */
export const rollingMedian = (x: Operand, n: number): Expr =>
  apply(ordered('rollingMedian', n, 0.5, [n], quantileStep), x);

/** Rank of x among its last n values, itself included, over n: 1/n lowest to 1 highest, ties share the mean rank (pandas' `rank(pct=True)`). */
export const rollingRank = (x: Operand, n: number): Expr => apply(ordered('rollingRank', n, 0, [n], rankStep), x);
