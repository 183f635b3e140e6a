/** Conditions a set must meet: on its figures (`maxDrawdown>-0.3`) or between its parameters (`fast<slow`). */
import { didYouMean, SigmaError } from '../../core/index.ts';
import { type FigureKey, figureKeys } from '../../sweep/index.ts';
import { valueAt } from '../space/dimension.ts';
import type { Allows, Point, SearchSpace } from '../space/space.ts';
import type { FigureColumns } from './objective.ts';

type Comparison = '<' | '<=' | '>' | '>=' | '=' | '!=';
export type FigureConstraint = {
  readonly text: string;
  readonly key: FigureKey;
  readonly comparison: Comparison;
  readonly limit: number;
};
export type Constraints = {
  /** Checked on the result of a trial; a trial that breaks one is kept but never best. */
  readonly figures: readonly FigureConstraint[];
  /** Checked before a trial is made: a point that breaks one is not tried. */
  readonly allows: Allows;
  /** Conditions between parameters, as written. */
  readonly parameters: readonly string[];
};

/**
 * @param texts one condition each: a figure or a parameter, `<`, `<=`, `>`, `>=`, `=` or `!=`, and a number or another parameter
 * @throws SigmaError usage/bad-option, usage/unknown-metric
 */
export function parseConstraints(texts: readonly string[], space: SearchSpace): Constraints {
  const figures: FigureConstraint[] = [];
  const checks: Allows[] = [];
  const parameters: string[] = [];
  for (const text of texts) {
    const match = /^\s*([A-Za-z_$][\w$]*)\s*(<=|>=|!=|==|=|<|>)\s*(\S+)\s*$/.exec(text);
    if (match === null) throw notUnderstood(text);
    const [, left = '', sign = '', right = ''] = match;
    const comparison = comparisonOf(sign);
    if (isParameter(space, left)) {
      checks.push(parameterCheck(space, left, comparison, right, text));
      parameters.push(text.trim());
      continue;
    }
    const key = figureKeys.find((one) => one === left);
    if (key === undefined) throw unknownName(left, space);
    const limit = Number(right);
    if (right === '' || !Number.isFinite(limit)) throw notUnderstood(text);
    figures.push({ text: text.trim(), key, comparison, limit });
  }
  return { figures, parameters, allows: (point) => checks.every((check) => check(point)) };
}

/** Whether trial `i` meets every condition on figures; an undefined figure meets none. */
export function meets(constraints: Pick<Constraints, 'figures'>, figures: FigureColumns, i: number): boolean {
  return constraints.figures.every(({ key, comparison, limit }) => holds(figures[key][i]!, comparison, limit));
}

/** One comparison; false when the left side is undefined. */
export function holds(left: number, comparison: Comparison, right: number): boolean {
  switch (comparison) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '=':
      return left === right;
    case '!=':
      return left !== right;
  }
}

function comparisonOf(sign: string): Comparison {
  return sign === '==' ? '=' : (sign as Comparison); // the pattern lets only these through
}

function isParameter(space: SearchSpace, name: string): boolean {
  return Object.hasOwn(space.fixed, name);
}

type Read = (point: Point) => number;

function parameterCheck(space: SearchSpace, left: string, comparison: Comparison, right: string, text: string): Allows {
  const a = numberAt(space, left, text);
  const b: Read = isParameter(space, right) ? numberAt(space, right, text) : constant(Number(right));
  if (!isParameter(space, right) && !Number.isFinite(Number(right))) throw unknownSide(right, space, text);
  return (point) => holds(a(point), comparison, b(point));
}

function constant(value: number): Read {
  return () => value;
}

function numberAt(space: SearchSpace, name: string, text: string): Read {
  const d = space.dimensions.findIndex((dimension) => dimension.name === name);
  const dimension = space.dimensions[d];
  const sample =
    dimension === undefined ? space.fixed[name] : valueAt(dimension, dimension.kind === 'list' ? 0 : dimension.min);
  if (typeof sample !== 'number')
    throw new SigmaError('usage/bad-option', `${name} is not a number`, {
      where: `--where ${text}`,
      hint: `choose its values with --space ${name}=…`,
    });
  return dimension === undefined ? () => sample : (point) => Number(valueAt(dimension, point[d]!));
}

function notUnderstood(text: string): SigmaError {
  return new SigmaError('usage/bad-option', `'${text}' is no condition`, {
    where: '--where',
    hint: 'for example --where "maxDrawdown>-0.3" or --where "fast<slow"',
  });
}

function unknownSide(name: string, space: SearchSpace, text: string): SigmaError {
  const names = Object.keys(space.fixed);
  return new SigmaError('usage/bad-option', `'${name}' is neither a number nor a parameter`, {
    where: `--where ${text}`,
    hint: didYouMean(name, names) || `compare with a number or with one of ${names.join(', ')}`,
  });
}

function unknownName(name: string, space: SearchSpace): SigmaError {
  const names = [...figureKeys, ...Object.keys(space.fixed)];
  return new SigmaError('usage/unknown-metric', `'${name}' is neither a figure nor a parameter`, {
    where: '--where',
    hint: didYouMean(name, names) || `there are ${names.join(', ')}`,
  });
}
