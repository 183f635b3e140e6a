/** Returns of a path as figures and as a curve that a report can carry. */
import { figureOfReturns } from '../optimize/index.ts';
import type { CurveView } from '../report/index.ts';

const shown = ['sharpe', 'cagr', 'totalReturn', 'volatility', 'maxDrawdown', 'periods'] as const;

export function figuresOfPath(returns: Float64Array, periodsPerYear: number): Readonly<Record<string, number>> {
  return Object.fromEntries(shown.map((key) => [key, figureOfReturns(key, returns, periodsPerYear)]));
}

/** Most points of a stored curve. */
const MOST_POINTS = 1500;

/** Growth of 1 at about 1,500 of the times, the last among them. */
export function equityOf(returns: Float64Array, times: Float64Array): CurveView {
  const stride = Math.max(1, Math.ceil(returns.length / MOST_POINTS));
  const time: number[] = [];
  const value: number[] = [];
  let growth = 1;
  for (let t = 0; t < returns.length; t++) {
    growth *= 1 + returns[t]!;
    if ((returns.length - 1 - t) % stride !== 0) continue;
    time.push(times[t]!);
    value.push(growth);
  }
  return { time, value };
}
