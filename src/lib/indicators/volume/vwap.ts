/** Volume-weighted average price, over a window, since an anchor, and of the session. */
import type { Timeframe } from '../../model/index.ts';
import { div, mul } from '../arithmetic/elementwise.ts';
import { periodOpen } from '../arithmetic/period.ts';
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

type Day = Session & { began: number };

const sessionKernel = defineKernel<Day>({
  name: 'sessionVwap',
  arity: 3,
  warmup: 0,
  recursive: true,
  init: () => ({ turnover: 0, volume: 0, began: Number.NaN }),
  step: (s: Day, price: number, volume: number, began: number) => {
    if (began !== s.began) {
      s.began = began;
      s.turnover = 0;
      s.volume = 0;
    }
    s.turnover += price * volume;
    s.volume += volume;
    return s.volume > 0 ? s.turnover / s.volume : Number.NaN;
  },
});

/**
 * Volume-weighted average of the typical price since the session of the bar began, in units of price; NaN until something
 * was traded in it. A session is a day unless told, from midnight UTC moved by `offset` milliseconds (see `periodOpen`):
 * `sessionVwap(bars, '1d', 14.5 * 3_600_000)` starts at 14:30 UTC.
 */
export const sessionVwap = (bars: BarExprs, session: Timeframe = '1d', offset = 0): Expr =>
  apply(sessionKernel, typicalPrice(bars), bars.volume, periodOpen(bars.time, session, offset));
