/** The value of what is held at instants at which nothing is traded. */
import type { Recorder } from '../engine/index.ts';
import { type Account, TOTAL } from '../portfolio/index.ts';
import type { Stretch } from './stretch.ts';

type Books = { readonly account: Account; readonly recorder: Recorder };

/** Instants [from, to) of a stretch, whose sums are written from a row on. */
type Run = { readonly stretch: Stretch; readonly from: number; readonly to: number; readonly row: number };

/** Records instants [from, to): the sums that `Account.value` makes at each, in the account's own order of positions. */
export function recordHeld({ account, recorder }: Books, stretch: Stretch, from: number, to: number): void {
  const { openCount, totals } = account;
  const cash = totals[TOTAL.cash]!;
  const row = recorder.reserve(stretch.at, from, to);
  const end = row + to - from;
  const run = { stretch, from, to, row };
  const { equity } = recorder;
  equity.fill(0, row, end);
  addWorths(account, run, equity, worthOf);
  if (openCount > 1) {
    const gross = recorder.grossColumn();
    if (stretch.priced && isLong(account)) gross.set(equity.subarray(row, end), row);
    else {
      gross.fill(0, row, end);
      addWorths(account, run, gross, Math.abs);
    }
  }
  for (let r = row; r < end; r++) equity[r] = cash + equity[r]!;
  for (let k = 0; k < openCount; k++) mark(account, account.open[k]!, stretch, to - 1);
  recorder.wroteAll(to - from, cash);
}

const worthOf = (worth: number): number => worth;

function isLong({ open, openCount, quantity }: Account): boolean {
  for (let k = 0; k < openCount; k++) if (quantity[open[k]!]! < 0) return false;
  return true;
}

/** Adds what each position is worth, or an amount of that, to the sums: four at a time where every close is a price. */
function addWorths(account: Account, run: Run, sums: Float64Array, amount: (worth: number) => number): void {
  const { openCount } = account;
  let k = 0;
  if (run.stretch.priced)
    for (; k + 3 < openCount; k += 4) {
      const [a, b, c, d] = [0, 1, 2, 3].map((j) => heldAt(account, k + j, run, amount));
      addFour(a!, b!, c!, d!, run, sums);
    }
  for (; k < openCount; k++) addOne(account, account.open[k]!, run, sums, amount);
}

/** Units and the closes they are worth, from a place on. */
type Held = { readonly units: number; readonly closes: Float64Array; readonly place: number };

function heldAt(account: Account, k: number, { stretch, from }: Run, amount: (units: number) => number): Held {
  const i = account.open[k]!;
  const units = amount(account.quantity[i]! * account.multiplier[i]!);
  return { units, closes: stretch.closes[i]!, place: stretch.origin[i]! + from * stretch.step };
}

/** One after another at each instant. */
function addFour(a: Held, b: Held, c: Held, d: Held, { stretch, from, to, row }: Run, sums: Float64Array): void {
  const { step } = stretch;
  const [as, bs, cs, ds] = [a.closes, b.closes, c.closes, d.closes];
  const [ua, ub, uc, ud] = [a.units, b.units, c.units, d.units];
  let [pa, pb, pc, pd] = [a.place, b.place, c.place, d.place];
  for (let r = row; r < row + to - from; r++) {
    sums[r] = sums[r]! + ua * as[pa]! + ub * bs[pb]! + uc * cs[pc]! + ud * ds[pd]!;
    pa += step;
    pb += step;
    pc += step;
    pd += step;
  }
}

/** Where a close is missing the one before counts. */
function addOne(
  { quantity, multiplier, price }: Account,
  i: number,
  { stretch, from, to, row }: Run,
  sums: Float64Array,
  amount: (worth: number) => number,
): void {
  const { step } = stretch;
  const closes = stretch.closes[i]!;
  const units = quantity[i]! * multiplier[i]!;
  let place = stretch.origin[i]! + from * step;
  let last = price[i]!;
  for (let r = row; r < row + to - from; r++, place += step) {
    const close = closes[place]!;
    if (close === close) last = close;
    sums[r]! += amount(units * last);
  }
}

/** An instrument is worth its last close. */
export function mark({ price }: Account, i: number, { closes, origin, step }: Stretch, t: number): void {
  const close = closes[i]![origin[i]! + t * step]!;
  if (close === close) price[i] = close;
}
