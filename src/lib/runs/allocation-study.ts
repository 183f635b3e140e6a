/** A portfolio of runs or instruments: its weights through time and what they earned out of sample, beside equal weights. */
import { allocateWalkForward, type WalkForwardOptions } from '../allocation/index.ts';
import { SigmaError } from '../core/index.ts';
import { cagr, depthSummary, drawdownOfReturns, sharpe, sortino, totalReturn, volatility } from '../metrics/index.ts';
import type { ReturnSeries } from './return-series.ts';

export type PortfolioFigures = {
  readonly totalReturn: number;
  readonly cagr: number;
  readonly volatility: number;
  readonly sharpe: number;
  readonly sortino: number;
  readonly maxDrawdown: number;
  /** Mean turnover of a rebalance. */
  readonly turnover: number;
};

export type AllocationStudy = {
  readonly names: readonly string[];
  /** What a reader must know of the data, a sentence each. */
  readonly notes: readonly string[];
  readonly method: string;
  readonly periodsPerYear: number;
  /** Ends of the out-of-sample periods, epoch milliseconds. */
  readonly periodEnds: Float64Array;
  readonly returns: Float64Array;
  readonly equalReturns: Float64Array;
  readonly figures: PortfolioFigures;
  readonly equal: PortfolioFigures;
  readonly rebalances: readonly {
    /** End of the last period that the weights know. */
    readonly time: number;
    readonly weights: Float64Array;
    readonly riskShares: Float64Array;
    readonly turnover: number;
  }[];
  /** From the last `lookback` periods: what to hold now. */
  readonly now: {
    readonly time: number;
    readonly weights: Float64Array;
    readonly riskShares: Float64Array;
    /** Expected annual volatility, and the weight of shrinkage in the covariance. */
    readonly volatility: number;
    readonly shrinkage: number;
  };
  /** Mean over the rebalances, one a name. */
  readonly meanWeights: Float64Array;
};

/** @throws SigmaError usage/bad-option for under two series; what `allocateWalkForward` throws */
export function studyAllocation(series: ReturnSeries, options: WalkForwardOptions): AllocationStudy {
  const { names, notes, matrix, periodEnds, periodsPerYear } = series;
  const { sets } = matrix;
  if (sets < 2)
    throw new SigmaError('usage/bad-option', `${sets === 1 ? 'one series' : 'nothing'} to spread weights over`, {
      where: 'allocate',
      hint: 'name two or more runs, or --data with two or more --symbols',
    });
  const found = allocateWalkForward(matrix, options);
  const { next } = found;
  return {
    names,
    notes,
    method: options.method,
    periodsPerYear,
    periodEnds: periodEnds.slice(found.start),
    returns: found.returns,
    equalReturns: found.equalReturns,
    figures: figuresOf(found.returns, periodsPerYear, found.turnover),
    equal: figuresOf(found.equalReturns, periodsPerYear, found.equalTurnover),
    rebalances: found.rebalances.map(({ period, weights, riskShares, turnover }) => ({
      time: periodEnds[period - 1]!,
      weights,
      riskShares,
      turnover,
    })),
    now: {
      time: periodEnds.at(-1)!,
      weights: next.weights,
      riskShares: next.riskShares,
      volatility: next.deviation * Math.sqrt(periodsPerYear),
      shrinkage: next.shrinkage,
    },
    meanWeights: Float64Array.from(
      { length: sets },
      (_, s) => found.rebalances.reduce((sum, { weights }) => sum + weights[s]!, 0) / found.rebalances.length,
    ),
  };
}

function figuresOf(returns: Float64Array, periodsPerYear: number, turnover: number): PortfolioFigures {
  const total = totalReturn(returns);
  return {
    totalReturn: total,
    cagr: cagr(total, returns.length / periodsPerYear),
    volatility: volatility(returns, periodsPerYear),
    sharpe: sharpe(returns, periodsPerYear),
    sortino: sortino(returns, periodsPerYear),
    maxDrawdown: depthSummary(drawdownOfReturns(returns)).worst,
    turnover,
  };
}
