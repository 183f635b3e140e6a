/** Expressions: signals as a graph of kernels over the columns of bars. Equal expressions have equal keys, so shared parts are computed once. */
import type { Timeframe } from '../model/index.ts';
import type { Kernel } from './kernel.ts';

/** Columns a bar offers to expressions; `time` is the bar's open time in UTC epoch milliseconds. */
export type Field = 'time' | 'open' | 'high' | 'low' | 'close' | 'volume';

/** Across all instruments of the universe that have a bar at the instant; NaN values are left out. */
export type CrossOperation = 'rank' | 'zscore' | 'demean' | 'mean' | 'count';

type Node =
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'kernel'; readonly kernel: Kernel; readonly inputs: readonly Expr[] }
  /** `of` over bars of a longer timeframe: the value of the last completed one. */
  | { readonly kind: 'timeframe'; readonly timeframe: Timeframe; readonly of: Expr }
  /** `of` as another instrument sees it: its latest value at the instant. */
  | { readonly kind: 'instrument'; readonly symbol: string; readonly of: Expr }
  | { readonly kind: 'cross'; readonly operation: CrossOperation; readonly of: Expr };

export type Expr = Node & {
  /** Structural identity, also its readable form: `sma(close,20)`. */
  readonly key: string;
  /** Bars of the base timeframe before the first value, where it is known; a longer timeframe counts in its own bars. */
  readonly warmup: number;
};

/** An expression or a number that stands for a constant. */
export type Operand = Expr | number;

export function field(name: Field): Expr {
  return { kind: 'field', field: name, key: name, warmup: 0 };
}

export function constant(value: number): Expr {
  return { kind: 'constant', value, key: String(value), warmup: 0 };
}

export function toExpr(operand: Operand): Expr {
  return typeof operand === 'number' ? constant(operand) : operand;
}

/** Applies a kernel to its inputs. Its warm-up starts when the slowest input is warm. */
export function apply(kernel: Kernel, ...inputs: readonly Operand[]): Expr {
  if (inputs.length !== kernel.arity)
    throw new Error(`${kernel.name} takes ${kernel.arity} inputs, got ${inputs.length}`);
  // A sweep builds its signals once a set: without lists in between this is twice as fast.
  const nodes: Expr[] = [];
  let slowest = 0;
  let terms = '';
  for (const input of inputs) {
    const node = toExpr(input);
    nodes.push(node);
    if (node.warmup > slowest) slowest = node.warmup;
    terms = terms === '' ? node.key : `${terms},${node.key}`;
  }
  for (const arg of kernel.args) terms = terms === '' ? String(arg) : `${terms},${arg}`;
  return { kind: 'kernel', kernel, inputs: nodes, key: `${kernel.name}(${terms})`, warmup: kernel.warmup + slowest };
}

/** Most expressions remembered of one input. */
const REMEMBERED = 1024;

/**
 * An indicator that gives the same expression for the same input and number: a sweep asks for its signals once a set, and
 * what its sets have in common need not be made anew for each.
 */
export function remembered<More extends readonly unknown[]>(
  make: (x: Operand, n: number, ...more: More) => Expr,
): (x: Operand, n: number, ...more: More) => Expr {
  const known = new WeakMap<Expr, Map<number, Expr>>();
  return (x, n, ...more) => {
    if (typeof x === 'number' || more.length > 0) return make(x, n, ...more);
    const of = known.get(x) ?? new Map<number, Expr>();
    const found = of.get(n);
    if (found !== undefined) return found;
    const made = make(x, n, ...more);
    if (of.size === REMEMBERED) of.clear();
    known.set(x, of.set(n, made));
    return made;
  };
}

/** An expression on bars of a longer timeframe, resampled from the base bars: `on('1d', sma(close, 20))`. */
export function on(timeframe: Timeframe, of: Expr): Expr {
  return { kind: 'timeframe', timeframe, of, key: `on(${timeframe},${of.key})`, warmup: of.warmup };
}

/** Another instrument's expression, as of now: `of('BTC/USDT', roc(close, 24))`. */
export function of(symbol: string, expression: Expr): Expr {
  return {
    kind: 'instrument',
    symbol,
    of: expression,
    key: `of(${symbol},${expression.key})`,
    warmup: expression.warmup,
  };
}

function cross(operation: CrossOperation): (x: Expr) => Expr {
  return (x) => ({ kind: 'cross', operation, of: x, key: `cross.${operation}(${x.key})`, warmup: x.warmup });
}

/** Rank within the universe, 0 lowest to 1 highest, ties share the mean rank; 0.5 when alone. */
export const crossRank = cross('rank');
/** Distance from the universe's mean in its standard deviations (n - 1). */
export const crossZscore = cross('zscore');
/** Distance from the universe's mean. */
export const crossDemean = cross('demean');
export const crossMean = cross('mean');
/** How many instruments have a value. */
export const crossCount = cross('count');
