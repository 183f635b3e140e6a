/** The value of what is held at instants at which nothing is traded. */
import type { Recorder } from '../engine/index.ts';
import { type Account, TOTAL } from '../portfolio/index.ts';
import type { Stretch } from './stretch.ts';

type Books = { readonly account: Account; readonly recorder: Recorder };

/** Records instants [from, to): the sums that `Account.value` makes at each, in the account's own order of positions. */
export function recordHeld({ account, recorder }: Books, stretch: Stretch, from: number, to: number): void {
  const { openCount, totals } = account;
  const cash = totals[TOTAL.cash]!;
  const row = recorder.reserve(stretch.at, from, to);
  const { equity } = recorder;
  if (openCount === 0) equity.fill(cash, row, row + to - from);
  else {
    const gross = openCount > 1 ? recorder.grossColumn() : null;
    for (let k = 0; k < openCount; k++) addPosition(account, k, stretch, { from, to, row, equity, gross });
    for (let r = row; r < row + to - from; r++) equity[r] = cash + equity[r]!;
  }
  recorder.wroteAll(to - from, cash);
}

type Columns = {
  readonly from: number;
  readonly to: number;
  readonly row: number;
  readonly equity: Float64Array;
  readonly gross: Float64Array | null;
};

/** Adds the k-th position to the sums, and marks it at the last of the instants. */
function addPosition(account: Account, k: number, stretch: Stretch, { from, to, row, equity, gross }: Columns): void {
  const { origin, step } = stretch;
  const i = account.open[k]!;
  const closes = stretch.closes[i]!;
  const units = account.quantity[i]! * account.instruments[i]!.multiplier;
  let place = origin[i]! + from * step;
  let mark = account.price[i]!;
  for (let r = row; r < row + to - from; r++, place += step) {
    const close = closes[place]!;
    if (close === close) mark = close;
    const worth = units * mark;
    equity[r] = (k === 0 ? 0 : equity[r]!) + worth;
    if (gross !== null) gross[r] = (k === 0 ? 0 : gross[r]!) + Math.abs(worth);
  }
  account.price[i] = mark;
}
