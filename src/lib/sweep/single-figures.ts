/** From what a pass over one instrument has summed up to its figures, by the definitions of the metrics. */
import { cagr } from '../metrics/index.ts';
import {
  deviationOfPowerSums,
  type Moments,
  momentsOfPowerSums,
  sampleExcessKurtosis,
  sampleSkewness,
} from '../statistics/index.ts';
import type { FigureColumns } from './figures.ts';
import type { Periods } from './periods.ts';
import { AT, POWER, powerSum } from './single-state.ts';
import type { FigureKey } from './sweep.ts';

/** Fewer digits than this of the variance are left when the mean has been taken out of the power sums. */
const DIGITS_LOST = 1e-3;

const quotient = (a: number, b: number): number => (b === 0 ? Number.NaN : defined(a / b));
const defined = (value: number): number => (Number.isFinite(value) ? value : Number.NaN);

/** What the figures of one set after another are made of. */
class Sums {
  readonly periods: Periods;
  private readonly states: Float64Array;
  private readonly initial: number;
  private at = 0;

  constructor({ states, periods, initial }: SingleFiguresOptions) {
    this.states = states;
    this.periods = periods;
    this.initial = initial;
  }

  /** Turns to the set whose row begins there. False where sums cannot tell. */
  enter(at: number): boolean {
    this.at = at;
    const { count } = this;
    const squares = this.power(POWER.two);
    const mean = this.power(POWER.one) / count;
    const spread = squares - count * mean * mean;
    return (
      this.of(AT.unsound) !== 1 &&
      this.of(AT.rows) !== 0 &&
      count >= 4 &&
      this.of(AT.worst) > -1 &&
      // Their square bounds the sum of fourth powers, which is not always asked for.
      Number.isFinite(squares * squares + this.of(AT.equitySum)) &&
      (squares === 0 || spread > DIGITS_LOST * squares)
    );
  }

  of(column: number): number {
    return this.states[this.at + column]!;
  }

  power(k: number): number {
    return powerSum(this.states, this.at, k);
  }

  /** Returns there are. */
  get count(): number {
    const { periods, initial } = this;
    const startsFlat = !periods.intraday && this.of(AT.first) === initial;
    return this.of(AT.rows) === 0 ? 0 : periods.ends.length - (startsFlat ? 1 : 0);
  }

  get mean(): number {
    return this.power(POWER.one) / this.count;
  }

  get deviation(): number {
    return deviationOfPowerSums(this.count, this.power(POWER.one), this.power(POWER.two));
  }

  get moments(): Moments {
    const sums = [POWER.one, POWER.two, POWER.three, POWER.four].map((k) => this.power(k));
    return momentsOfPowerSums(this.count, sums as [number, number, number, number]);
  }

  /** Deviation of the falls alone, a year. */
  get down(): number {
    return Math.sqrt((this.power(POWER.falls) / this.count) * this.periods.perYear);
  }

  get total(): number {
    return this.of(AT.equity) / this.initial - 1;
  }

  get growth(): number {
    return cagr(this.total, this.periods.years);
  }

  get meanEquity(): number {
    return this.of(AT.equitySum) / this.of(AT.rows);
  }
}

const figureOf: Readonly<Record<FigureKey, (sums: Sums) => number>> = {
  finalEquity: (sums) => sums.of(AT.equity),
  totalReturn: (sums) => sums.total,
  cagr: (sums) => sums.growth,
  volatility: (sums) => sums.deviation * Math.sqrt(sums.periods.perYear),
  downsideDeviation: (sums) => sums.down,
  skewness: (sums) => sampleSkewness(sums.moments),
  excessKurtosis: (sums) => sampleExcessKurtosis(sums.moments),
  sharpe: (sums) => quotient(sums.mean, sums.deviation) * Math.sqrt(sums.periods.perYear),
  sortino: (sums) => quotient(sums.mean * sums.periods.perYear, sums.down),
  maxDrawdown: (sums) => sums.of(AT.worst),
  calmar: (sums) => quotient(sums.growth, -sums.of(AT.worst)),
  ulcerIndex: (sums) => Math.sqrt(sums.of(AT.depthSquares) / sums.of(AT.rows)),
  trades: (sums) => sums.of(AT.closed),
  winRate: (sums) => quotient(sums.of(AT.won), sums.of(AT.closed)),
  profitFactor: (sums) => quotient(sums.of(AT.gained), -sums.of(AT.lost)),
  expectancy: (sums) => sums.of(AT.profit) / sums.of(AT.closed),
  exposure: (sums) => quotient(sums.of(AT.heldRows), sums.of(AT.rows)),
  turnover: (sums) => quotient(quotient(sums.of(AT.traded) / 2, sums.meanEquity), sums.periods.years),
  totalCosts: (sums) => sums.of(AT.fees) + sums.of(AT.slippage),
  periods: (sums) => sums.count,
};

export type SingleFiguresOptions = {
  readonly states: Float64Array;
  readonly periods: Periods;
  readonly initial: number;
};

/**
 * Writes the wanted figures of the set whose row begins at a place of the states. False where sums cannot tell, and the curve
 * itself is needed: after ruin, or when returns hardly differ from each other.
 */
export function createSingleFigures(
  columns: FigureColumns,
  wanted: readonly FigureKey[],
  options: SingleFiguresOptions,
): (place: number, at: number) => boolean {
  const sums = new Sums(options);
  const writers = wanted.map((key) => ({ column: columns[key], figure: figureOf[key] }));
  return (place, at) => {
    if (!sums.enter(at)) return false;
    for (const { column, figure } of writers) column[place] = defined(figure(sums));
    return true;
  };
}
