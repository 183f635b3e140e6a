/** One parameter of a search: a range of numbers or a list of values, and the way between values, codes and the unit interval. */
import type { ParamValue } from '../../strategy/index.ts';

export type RangeDimension = {
  readonly kind: 'range';
  readonly name: string;
  readonly integer: boolean;
  readonly min: number;
  readonly max: number;
  /** Distance of neighbouring values; integers without one step by 1, other numbers are continuous. */
  readonly step?: number;
  /** Equal ratios are equally likely; `min` is above 0 then. */
  readonly log?: boolean;
};
export type ListDimension = { readonly kind: 'list'; readonly name: string; readonly values: readonly ParamValue[] };

/** A code is the value of a range and the place in a list: one number a dimension, so that points are rows of numbers. */
export type Dimension = RangeDimension | ListDimension;

/** Distinct values; Infinity for a continuous range. */
export function levelsOf(dimension: Dimension): number {
  if (dimension.kind === 'list') return dimension.values.length;
  const step = stepOf(dimension);
  return step === undefined ? Number.POSITIVE_INFINITY : Math.floor((dimension.max - dimension.min) / step + 1e-9) + 1;
}

/** The value a code stands for. */
export function valueAt(dimension: Dimension, code: number): ParamValue {
  return dimension.kind === 'list' ? dimension.values[code]! : code;
}

/** The code at `u` in [0, 1): every level has an equal share of the interval (of its logarithm for a log range). */
export function codeAt(dimension: Dimension, u: number): number {
  if (dimension.kind === 'list') return Math.min(dimension.values.length - 1, Math.floor(u * dimension.values.length));
  const { min, max } = dimension;
  if (dimension.log === true) return snap(dimension, min * (max / min) ** u);
  const levels = levelsOf(dimension);
  if (levels === Number.POSITIVE_INFINITY) return snap(dimension, min + u * (max - min));
  return levelCode(dimension, Math.min(levels - 1, Math.floor(u * levels)));
}

/** The middle of a code's share of the unit interval. */
export function unitOf(dimension: Dimension, code: number): number {
  if (dimension.kind === 'list') return (code + 0.5) / dimension.values.length;
  const { min, max } = dimension;
  if (max === min) return 0.5;
  if (dimension.log === true) return Math.log(code / min) / Math.log(max / min);
  const step = stepOf(dimension);
  if (step === undefined) return (code - min) / (max - min);
  return (Math.round((code - min) / step) + 0.5) / levelsOf(dimension);
}

/** `count` codes spread evenly from the first to the last; all of them when there are no more. */
export function evenCodes(dimension: Dimension, count: number): readonly number[] {
  const levels = levelsOf(dimension);
  if (dimension.kind === 'list' || levels <= count)
    return Array.from({ length: levels }, (_, k) => (dimension.kind === 'list' ? k : levelCode(dimension, k)));
  if (count <= 1) return [snap(dimension, middleOf(dimension))];
  const codes = Array.from({ length: count }, (_, k) => snap(dimension, between(dimension, k / (count - 1))));
  return [...new Set(codes)];
}

function between({ min, max, log }: RangeDimension, share: number): number {
  return log === true ? min * (max / min) ** share : min + share * (max - min);
}

function middleOf(dimension: RangeDimension): number {
  return between(dimension, 0.5);
}

function stepOf({ step, integer }: RangeDimension): number | undefined {
  return step ?? (integer ? 1 : undefined);
}

/** Decimal steps stay decimal: 0.1 + 2 x 0.1 is 0.3. */
function levelCode(dimension: RangeDimension, level: number): number {
  return tidy(dimension.min + level * (stepOf(dimension) ?? 0));
}

/** The nearest value of the range. */
function snap(dimension: RangeDimension, value: number): number {
  const { min, max } = dimension;
  const step = stepOf(dimension);
  const inside = Math.min(max, Math.max(min, value));
  if (step === undefined) return Math.min(max, Math.max(min, rounded(dimension, inside)));
  return levelCode(dimension, Math.min(levelsOf(dimension) - 1, Math.round((inside - min) / step)));
}

/** Continuous values are as fine as a ten-thousandth of the range and short enough to be typed again. */
function rounded({ min, max, log }: RangeDimension, value: number): number {
  if (log === true) return Number(value.toPrecision(4));
  const grain = 10 ** Math.floor(Math.log10((max - min) / 1e4));
  return tidy(Math.round(value / grain) * grain);
}

function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
