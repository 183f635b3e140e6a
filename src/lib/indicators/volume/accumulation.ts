/** Volume weighed by where the bar closed: accumulation/distribution, Chaikin's oscillator and money flow. */
import { cumulativeSum } from '../arithmetic/change.ts';
import { divOr, sub } from '../arithmetic/elementwise.ts';
import { ewma } from '../averages/ema.ts';
import type { BarExprs } from '../bars.ts';
import { apply, type Expr } from '../expression.ts';
import { defineKernel } from '../kernel.ts';
import { period } from '../parameter.ts';
import { rollingSum } from '../rolling/sum.ts';

const kernel = defineKernel<null>({
  name: 'moneyFlowVolume',
  arity: 4,
  warmup: 0,
  init: () => null,
  step: (_: null, high: number, low: number, close: number, volume: number) => {
    const range = high - low;
    return range === 0 ? 0 : ((close - low - (high - close)) / range) * volume;
  },
});

/** Volume times the place of the close in the bar, -1 at the low to 1 at the high; 0 where there is no range; in units of volume. */
export const moneyFlowVolume = (bars: BarExprs): Expr => apply(kernel, bars.high, bars.low, bars.close, bars.volume);

/** Accumulation/distribution line (Chaikin), in units of volume: running sum of the money flow volume; only its changes have meaning. */
export const adl = (bars: BarExprs): Expr => cumulativeSum(moneyFlowVolume(bars));

/** Chaikin oscillator, in units of volume: fast less slow exponential average of the A/D line, both started at its first value as in TA-Lib. */
export function chaikinOscillator(bars: BarExprs, fast = 3, slow = 10): Expr {
  const line = adl(bars);
  return sub(
    ewma(line, 2 / (period('chaikinOscillator fast', fast) + 1)),
    ewma(line, 2 / (period('chaikinOscillator slow', slow) + 1)),
  );
}

/** Chaikin money flow, -1 to 1: sum of money flow volume over sum of volume of n bars; 0 where nothing was traded. */
export const cmf = (bars: BarExprs, n = 20): Expr =>
  divOr(rollingSum(moneyFlowVolume(bars), n), rollingSum(bars.volume, n), 0);
