/** The figures that are known of any part of time, because returns are all they need. */
import { SigmaError } from '../../core/index.ts';
import {
  cagr,
  depthSummary,
  downsideDeviation,
  drawdownOfReturns,
  sharpe,
  sortino,
  totalReturn,
  volatility,
} from '../../metrics/index.ts';
import { moments, sampleExcessKurtosis, sampleSkewness } from '../../statistics/index.ts';
import type { FigureKey } from '../../sweep/index.ts';

type Compute = (returns: Float64Array, periodsPerYear: number) => number;

const growth: Compute = (returns, perYear) => cagr(totalReturn(returns), returns.length / perYear);
const depth = (returns: Float64Array) => depthSummary(drawdownOfReturns(returns));

const figures: Partial<Readonly<Record<FigureKey, Compute>>> = {
  totalReturn: (returns) => totalReturn(returns),
  cagr: growth,
  volatility: (returns, perYear) => volatility(returns, perYear),
  downsideDeviation: (returns, perYear) => downsideDeviation(returns, perYear),
  skewness: (returns) => sampleSkewness(moments(returns)),
  excessKurtosis: (returns) => sampleExcessKurtosis(moments(returns)),
  sharpe: (returns, perYear) => sharpe(returns, perYear),
  sortino: (returns, perYear) => sortino(returns, perYear),
  calmar: (returns, perYear) => growth(returns, perYear) / -depth(returns).worst,
  maxDrawdown: (returns) => depth(returns).worst,
  ulcerIndex: (returns) => depth(returns).ulcer,
  periods: (returns) => returns.length,
};

/**
 * A figure of the returns of some periods, in time order; years are counted in periods.
 * @returns NaN where undefined
 * @throws SigmaError usage/bad-option for a figure that needs trades
 */
export function figureOfReturns(key: FigureKey, returns: Float64Array, periodsPerYear: number): number {
  const compute = figures[key];
  if (compute === undefined)
    throw new SigmaError('usage/bad-option', `${key} is not known of a part of the time`, {
      where: '--cpcv',
      hint: `rank by figures of returns and set conditions on them alone: ${Object.keys(figures).join(', ')}`,
    });
  return compute(returns, periodsPerYear);
}
