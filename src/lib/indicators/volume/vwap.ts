/** Volume-weighted average price, over a window and since an anchor such as the start of a session. */
import { div, mul } from '../arithmetic/elementwise.ts';
import type { BarExprs } from '../bars.ts';
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel } from '../kernel.ts';
import { typicalPrice } from '../oscillators/cci.ts';
import { rollingSum } from '../rolling/sum.ts';

/** Volume-weighted average of the typical price over the last n bars, in units of price; NaN where nothing was traded. */
export const vwap = (bars: BarExprs, n = 20): Expr =>
  div(rollingSum(mul(typicalPrice(bars), bars.volume), n), rollingSum(bars.volume, n));

type Session = { turnover: number; volume: number };

const anchoredKernel = defineKernel<Session>({
  name: 'anchoredVwap',
  arity: 3,
  warmup: 0,
  recursive: true,
  init: () => ({ turnover: 0, volume: 0 }),
  step: (s: Session, price: number, volume: number, starts: number) => {
    if (starts !== 0) {
      s.turnover = 0;
      s.volume = 0;
    }
    s.turnover += price * volume;
    s.volume += volume;
    return s.volume > 0 ? s.turnover / s.volume : Number.NaN;
  },
});

/**
 * Volume-weighted average of the typical price since `starts` was last true (the first bar of a session, an event), in
 * units of price; NaN until something was traded.
 */
export const anchoredVwap = (bars: BarExprs, starts: Operand): Expr =>
  apply(anchoredKernel, typicalPrice(bars), bars.volume, starts);
