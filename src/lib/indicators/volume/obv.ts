/** On-balance volume. */
import type { BarExprs } from '../bars.ts';
import { apply, type Expr } from '../expression.ts';
import { defineKernel } from '../kernel.ts';

type Balance = { close: number; value: number };

function step(s: Balance, close: number, volume: number): number {
  const before = s.close;
  s.close = close;
  if (close > before) s.value += volume;
  else if (close < before) s.value -= volume;
  else if (before !== before) s.value = volume;
  return s.value;
}

function scan(s: Balance, inputs: readonly Float64Array[], output: Float64Array, from: number, to: number): void {
  const closes = inputs[0]!;
  const volumes = inputs[1]!;
  let { close: before, value } = s;
  for (let i = from; i < to; i++) {
    const close = closes[i]!;
    const volume = volumes[i]!;
    if (close - close + (volume - volume) !== 0) output[i] = Number.NaN;
    else {
      if (close > before) value += volume;
      else if (close < before) value -= volume;
      else if (before !== before) value = volume;
      before = close;
      output[i] = value;
    }
  }
  s.close = before;
  s.value = value;
}

const kernel = defineKernel<Balance>({
  name: 'obv',
  arity: 2,
  warmup: 0,
  recursive: true,
  init: () => ({ close: Number.NaN, value: Number.NaN }),
  step,
  scan,
});

/**
 * On-balance volume (Granville 1963), in units of volume: volume is added on a higher close and taken off on a lower
 * one. It starts at the first bar's volume as in TA-Lib; only its changes have meaning.
 */
export const obv = (bars: BarExprs): Expr => apply(kernel, bars.close, bars.volume);
