/** The day, week or session that holds a bar. */

import { closeTime, type Timeframe } from '../../model/index.ts';
import { bucketOpen } from '../aggregate.ts';
import { apply, type Expr, type Operand } from '../expression.ts';
import { defineKernel } from '../kernel.ts';
import { finite } from '../parameter.ts';

type Period = { readonly timeframe: Timeframe; readonly offset: number; open: number; end: number };

function step(s: Period, time: number): number {
  const local = time - s.offset;
  if (!(local >= s.open && local < s.end)) {
    s.open = bucketOpen(s.timeframe, local);
    s.end = closeTime(s.timeframe, s.open);
  }
  return s.open + s.offset;
}

/**
 * When the period that holds the time began, in UTC epoch milliseconds: `periodOpen(bars.time, '1d')` is midnight, and
 * with `offset` 14.5 hours in milliseconds the last 14:30. Days begin at midnight UTC, weeks on Monday, months on the
 * first, each moved by `offset` milliseconds; summer time does not move them.
 */
export function periodOpen(time: Operand, timeframe: Timeframe, offset = 0): Expr {
  finite('periodOpen offset', offset);
  return apply(
    defineKernel<Period>({
      name: 'periodOpen',
      args: [timeframe, offset],
      arity: 1,
      warmup: 0,
      init: () => ({ timeframe, offset, open: Number.NaN, end: Number.NaN }),
      step,
    }),
    time,
  );
}
