/** How much dearer trading may become before nothing is left. */
import { invariant, SigmaError } from '../../core/index.ts';
import { sharpe } from '../ratios/sharpe.ts';
import { cagr } from '../returns/cagr.ts';
import { totalReturn } from '../returns/total-return.ts';

export type CostStressInput = {
  /** Returns a period before costs. */
  readonly gross: Float64Array;
  /** Costs a period as a fraction of equity, >= 0: what was paid at multiple 1. */
  readonly costs: Float64Array;
  readonly periodsPerYear: number;
  /** Multiples to show; 0, 1, 1.5, 2, 3, 5 unless given. */
  readonly multiples?: readonly number[];
};

export type CostStress = {
  readonly levels: readonly {
    readonly multiple: number;
    readonly totalReturn: number;
    readonly cagr: number;
    readonly sharpe: number;
  }[];
  /** Multiple of today's costs at which compounded growth is 0; 0 when gross growth is not above 0, Infinity without costs, NaN when undefined. */
  readonly breakEven: number;
};

/**
 * Net returns at a multiple m of the costs are gross - m x costs. Growth falls as m rises, so its root is bracketed and halved to 1e-9.
 * @throws SigmaError usage/bad-option for a negative multiple or negative costs
 */
export function costStress(input: CostStressInput): CostStress {
  const { gross, costs, periodsPerYear, multiples = [0, 1, 1.5, 2, 3, 5] } = input;
  invariant(gross.length === costs.length, `${gross.length} gross returns have ${costs.length} costs`);
  const negative = multiples.find((m) => !(m >= 0)) ?? costs.find((cost) => cost < 0);
  if (negative !== undefined)
    throw new SigmaError('usage/bad-option', `${negative} is negative`, {
      where: 'costStress',
      hint: 'costs and their multiples are at least 0',
    });
  const years = gross.length / periodsPerYear;
  return {
    levels: multiples.map((multiple) => {
      const net = netOf(gross, costs, multiple);
      const total = totalReturn(net);
      return { multiple, totalReturn: total, cagr: cagr(total, years), sharpe: sharpe(net, periodsPerYear) };
    }),
    breakEven: breakEvenMultiple(gross, costs),
  };
}

function netOf(gross: Float64Array, costs: Float64Array, multiple: number): Float64Array {
  return gross.map((r, t) => r - multiple * costs[t]!);
}

/** sum ln(1 + gross - m costs); minus infinity once a period loses everything. */
function logGrowth(gross: Float64Array, costs: Float64Array, multiple: number): number {
  let sum = 0;
  for (let t = 0; t < gross.length; t++) {
    const factor = 1 + gross[t]! - multiple * costs[t]!;
    if (factor <= 0) return Number.NEGATIVE_INFINITY;
    sum += Math.log(factor);
  }
  return sum;
}

function breakEvenMultiple(gross: Float64Array, costs: Float64Array): number {
  let paid = 0;
  for (const cost of costs) paid += cost;
  const free = logGrowth(gross, costs, 0);
  if (gross.length === 0 || Number.isNaN(free) || !Number.isFinite(paid)) return Number.NaN;
  if (!(free > 0)) return 0;
  if (paid === 0) return Number.POSITIVE_INFINITY;
  let low = 0;
  let high = 1;
  while (logGrowth(gross, costs, high) > 0) {
    low = high;
    high *= 2;
  }
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2;
    if (logGrowth(gross, costs, middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Cost in basis points of turnover at which the mean return is 0: 10,000 x sum of gross returns / sum of turnover.
 * @param turnover traded value a period as a fraction of equity, buys and sells both counted
 * @returns NaN without turnover or when a value is not finite; negative when the gross returns lose
 */
export function breakEvenBps(gross: Float64Array, turnover: Float64Array): number {
  let earned = 0;
  let traded = 0;
  for (const r of gross) earned += r;
  for (const share of turnover) traded += share;
  return traded > 0 && Number.isFinite(earned) && Number.isFinite(traded) ? (1e4 * earned) / traded : Number.NaN;
}
