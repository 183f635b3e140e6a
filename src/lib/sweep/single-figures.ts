/** From what a pass over one instrument has summed up to its figures, by the definitions of the metrics. */
import { cagr } from '../metrics/index.ts';
import { momentsOfPowerSums, sampleExcessKurtosis, sampleSkewness } from '../statistics/index.ts';
import type { FigureColumns } from './figures.ts';
import type { Periods } from './periods.ts';
import { AT, POWER, powerSum } from './single-state.ts';
import type { FigureKey } from './sweep.ts';

/** Fewer digits than this of the variance are left when the mean has been taken out of the power sums. */
const DIGITS_LOST = 1e-3;

const quotient = (a: number, b: number): number => (b === 0 ? Number.NaN : defined(a / b));
const defined = (value: number): number => (Number.isFinite(value) ? value : Number.NaN);

/** False where sums cannot tell, and the curve itself is needed: after ruin, or when returns hardly differ from each other. */
export function writeSingleFigures(
  columns: FigureColumns,
  place: number,
  {
    states,
    at,
    periods,
    initial,
    wanted,
  }: {
    readonly states: Float64Array;
    readonly at: number;
    readonly periods: Periods;
    readonly initial: number;
    readonly wanted: ReadonlySet<FigureKey>;
  },
): boolean {
  const of = (column: number): number => states[at + column]!;
  const power = (k: number): number => powerSum(states, at, k);
  const rows = of(AT.rows);
  const startsFlat = !periods.intraday && of(AT.first) === initial;
  const count = rows === 0 ? 0 : periods.ends.length - (startsFlat ? 1 : 0);
  const squares = power(POWER.two);
  const sum = power(POWER.one);
  const mean = sum / count;
  const spread = squares - count * mean * mean;
  if (of(AT.unsound) === 1 || rows === 0 || count < 4 || !(of(AT.worst) > -1)) return false;
  // Their square bounds the sum of fourth powers, which is not always asked for.
  if (!Number.isFinite(squares * squares + of(AT.equitySum)) || (squares !== 0 && !(spread > DIGITS_LOST * squares)))
    return false;
  const moments = momentsOfPowerSums(count, [sum, squares, power(POWER.three), power(POWER.four)]);
  const perYear = periods.perYear;
  const years = periods.years;
  const total = of(AT.equity) / initial - 1;
  const growth = cagr(total, years);
  const down = Math.sqrt((power(POWER.falls) / count) * perYear);
  const worst = of(AT.worst);
  const closed = of(AT.closed);
  const put = (key: FigureKey, value: number): void => {
    if (wanted.has(key)) columns[key][place] = defined(value);
  };
  put('finalEquity', of(AT.equity));
  put('totalReturn', total);
  put('cagr', growth);
  put('volatility', moments.deviation * Math.sqrt(perYear));
  put('downsideDeviation', down);
  put('skewness', sampleSkewness(moments));
  put('excessKurtosis', sampleExcessKurtosis(moments));
  put('sharpe', quotient(moments.mean, moments.deviation) * Math.sqrt(perYear));
  put('sortino', quotient(moments.mean * perYear, down));
  put('maxDrawdown', worst);
  put('calmar', quotient(growth, -worst));
  put('ulcerIndex', Math.sqrt(of(AT.depthSquares) / rows));
  put('trades', closed);
  put('winRate', quotient(of(AT.won), closed));
  put('profitFactor', quotient(of(AT.gained), -of(AT.lost)));
  put('expectancy', of(AT.profit) / closed);
  put('exposure', quotient(of(AT.heldRows), rows));
  put('turnover', quotient(quotient(of(AT.traded) / 2, of(AT.equitySum) / rows), years));
  put('totalCosts', of(AT.fees) + of(AT.slippage));
  put('periods', count);
  return true;
}
