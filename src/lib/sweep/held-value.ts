/** What is held over instants at which nothing is traded: its value at each, and a bound that tells a margin call from afar. */
import type { Recorder } from '../engine/index.ts';
import { type Account, TOTAL } from '../portfolio/index.ts';
import { NEAR_CALL } from './market-orders.ts';
import type { Stretch } from './stretch.ts';
import { SPAN, type WorstPrices } from './worst-prices.ts';

/** Records instants [from, to): the sums that `Account.value` makes at each, in the account's own order of positions. */
export function recordHeld(account: Account, recorder: Recorder, stretch: Stretch, from: number, to: number): void {
  const { openCount, totals } = account;
  const cash = totals[TOTAL.cash]!;
  const row = recorder.reserve(to - from);
  const { equity, time } = recorder;
  for (let t = from, r = row; t < to; t++, r++) time[r] = stretch.at[t]!;
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
  const { closes, origin, step } = stretch;
  const i = account.open[k]!;
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

/** No margin call lies in the span of an instant, however the prices in it moved. */
export function holdsThrough(account: Account, worst: WorstPrices, instant: number): boolean {
  const { open, openCount, quantity, instruments, config } = account;
  if (config.kind !== 'margin' || openCount === 0) return true;
  const base = Math.floor(instant / SPAN) * instruments.length;
  let slack = account.totals[TOTAL.cash]!;
  let gross = 0;
  for (let k = 0; k < openCount; k++) {
    const i = open[k]!;
    const units = quantity[i]! * instruments[i]!.multiplier;
    const worth = units * (units > 0 ? worst.lowest : worst.highest)[base + i]!;
    slack += worth - config.maintenance * Math.abs(worth);
    gross += Math.abs(units) * worst.highest[base + i]!;
  }
  return slack > NEAR_CALL * gross;
}
