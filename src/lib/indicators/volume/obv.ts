/** On-balance volume. */
import type { BarExprs } from '../bars.ts';
import { apply, type Expr } from '../expression.ts';
import { defineKernel, stepLoop } from '../kernel.ts';

type Balance = { close: number; value: number };

/** Sign of a change without a branch to mispredict: the smallest normal number only matters to a change of zero. */
const TINY = 2 ** -1022;

function step(s: Balance, close: number, volume: number): number {
  const change = close - s.close;
  s.close = close;
  if (change !== change) s.value = volume;
  else s.value += volume * (change / (Math.abs(change) + TINY));
  return s.value;
}

const stepped = stepLoop(step, 2);

/** Rows of one attempt without looking for gaps: a gap makes the value NaN, which is seen at the end. */
const STRETCH = 512;

function scan(s: Balance, inputs: readonly Float64Array[], output: Float64Array, from: number, to: number): void {
  const closes = inputs[0]!;
  const volumes = inputs[1]!;
  for (let i = from; i < to; ) {
    const end = Math.min(to, i + STRETCH);
    const start = i;
    let { close: before, value } = s;
    for (; i < end; i++) {
      const close = closes[i]!;
      const change = close - before;
      before = close;
      value += volumes[i]! * (change / (Math.abs(change) + TINY));
      output[i] = value;
    }
    if (value - value === 0 && before - before === 0) {
      s.close = before;
      s.value = value;
    } else stepped(s, inputs, output, start, end);
  }
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
