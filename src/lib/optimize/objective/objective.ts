/** What a search ranks by: one figure, or a weighted sum of several, each turned so that more is better. */
import { didYouMean, SigmaError } from '../../core/index.ts';
import { metricCatalog } from '../../metrics/index.ts';
import { type FigureKey, figureKeys } from '../../sweep/index.ts';

export type ObjectiveTerm = {
  readonly key: FigureKey;
  /** Above 0 where more is better, below 0 where less is. */
  readonly weight: number;
};
export type Objective = { readonly terms: readonly ObjectiveTerm[] };

/** Columns of figures, one value a trial. */
export type FigureColumns = Readonly<Record<FigureKey, ArrayLike<number>>>;

const better = new Map<string, string>(metricCatalog.map((metric) => [metric.key, metric.better]));
const known = new Set<string>(figureKeys);

/**
 * Reads `sharpe`, `sharpe=1,maxDrawdown=0.5`, `-volatility` (less is better) or `+exposure` (more is better).
 * Without a sign the metric's own direction counts.
 * @throws SigmaError usage/unknown-metric with near names, usage/bad-option
 */
export function parseObjective(text: string, where = '--objective'): Objective {
  const terms = text.split(',').map((part) => parseTerm(part.trim(), where));
  const twice = terms.find(({ key }, k) => terms.findIndex((other) => other.key === key) !== k);
  if (twice !== undefined)
    throw new SigmaError('usage/bad-option', `${twice.key} stands there twice`, {
      where,
      hint: 'name each figure once',
    });
  return { terms };
}

function parseTerm(part: string, where: string): ObjectiveTerm {
  const match = /^([+-]?)([A-Za-z]\w*)(?:=(.*))?$/.exec(part);
  if (match === null)
    throw new SigmaError('usage/bad-option', `'${part}' is no figure`, {
      where,
      hint: `for example ${where} sharpe, or a weighted set: ${where} sharpe=1,maxDrawdown=0.5`,
    });
  const [, sign = '', name = '', weightText] = match;
  const key = figureKey(name, where);
  const weight = weightText === undefined ? 1 : Number(weightText);
  if (!(weight > 0) || !Number.isFinite(weight))
    throw new SigmaError('usage/bad-option', `the weight of ${key} is '${weightText}'`, {
      where,
      hint: 'give a number above 0; a minus sign before the name minimises',
    });
  return { key, weight: weight * directionOf(key, sign, where) };
}

function directionOf(key: FigureKey, sign: string, where: string): 1 | -1 {
  if (sign !== '') return sign === '-' ? -1 : 1;
  switch (better.get(key)) {
    case 'higher':
      return 1;
    case 'lower':
      return -1;
    default:
      throw new SigmaError('usage/bad-option', `neither more nor less ${key} is better in itself`, {
        where,
        hint: `write +${key} to look for the most or -${key} for the least`,
      });
  }
}

/** @throws SigmaError usage/unknown-metric with near names */
function figureKey(name: string, where: string): FigureKey {
  const found = figureKeys.find((key) => key === name);
  if (found !== undefined) return found;
  const exists = better.has(name);
  throw new SigmaError(
    'usage/unknown-metric',
    exists ? `a search cannot rank by '${name}': it is measured for single runs only` : `there is no metric '${name}'`,
    { where, hint: (exists ? '' : didYouMean(name, known)) || `a search ranks by ${figureKeys.join(', ')}` },
  );
}

/** Score of trial `i`, higher is better; NaN where a figure is undefined. */
export function scoreOf(objective: Objective, figures: FigureColumns, i: number): number {
  let score = 0;
  for (const { key, weight } of objective.terms) score += weight * figures[key][i]!;
  return Number.isFinite(score) ? score : Number.NaN;
}

/** The objective as it would be written. */
export function objectiveText(objective: Objective): string {
  const single = objective.terms.length === 1;
  return objective.terms
    .map(({ key, weight }) => {
      const own = better.get(key) === 'lower' ? -1 : better.get(key) === 'higher' ? 1 : 0;
      const sign = Math.sign(weight) === own ? '' : weight > 0 ? '+' : '-';
      return `${sign}${key}${single ? '' : `=${Math.abs(weight)}`}`;
    })
    .join(',');
}
