/** The account's ledger: average-cost bookkeeping in typed arrays, one engine's own. */
import { invariant } from '../core/index.ts';
import type { Charge, Instrument } from '../model/index.ts';
import { type Account, TOTAL } from './account.ts';
import type { AccountConfig } from './config.ts';
import { InstrumentSet } from './instrument-set.ts';

/** A remainder below this fraction of the fill that made it is rounding, not a position. */
export const HELD_DUST = 1e-12;

/** Units held after a fill. */
export function heldAfter(held: number, quantity: number): number {
  const next = held + quantity;
  return Math.abs(next) <= HELD_DUST * Math.max(Math.abs(held), Math.abs(quantity)) ? 0 : next;
}

const chargeColumn: Record<Charge, number> = {
  borrow: TOTAL.borrow,
  interest: TOTAL.interest,
  funding: TOTAL.funding,
  dividend: TOTAL.dividends,
};

/** An account holding `config.cash` and nothing else. */
export function createAccount(config: AccountConfig, instruments: readonly Instrument[]): Account {
  return new Ledger(config, instruments);
}

class Ledger implements Account {
  readonly instruments: readonly Instrument[];
  readonly config: AccountConfig;
  readonly multiplier: Float64Array;
  readonly quantity: Float64Array;
  readonly averagePrice: Float64Array;
  readonly price: Float64Array;
  readonly totals = new Float64Array(Object.keys(TOTAL).length);
  readonly open: Int32Array;
  openCount = 0;
  readonly positions: InstrumentSet;
  /** Place of an instrument in `open`, -1 when flat. */
  private readonly slot: Int32Array;

  constructor(config: AccountConfig, instruments: readonly Instrument[]) {
    this.config = config;
    this.instruments = instruments;
    this.quantity = new Float64Array(instruments.length);
    this.averagePrice = new Float64Array(instruments.length);
    this.price = new Float64Array(instruments.length).fill(Number.NaN);
    this.open = new Int32Array(instruments.length);
    this.positions = new InstrumentSet(instruments.length);
    this.slot = new Int32Array(instruments.length).fill(-1);
    this.multiplier = new Float64Array(instruments.length);
    for (let i = 0; i < instruments.length; i++) this.multiplier[i] = instruments[i]!.multiplier;
    this.totals[TOTAL.cash] = config.cash;
    this.value();
  }

  applyFill(instrument: number, quantity: number, price: number, fee: number, slippage: number): void {
    if (!(Number.isFinite(quantity * price) && Number.isFinite(fee)))
      invariant(false, `fill of ${quantity} at ${price}, fee ${fee}`);
    const held = this.quantity[instrument]!;
    const average = this.averagePrice[instrument]!;
    const multiplier = this.multiplier[instrument]!;
    const totals = this.totals;
    const next = heldAfter(held, quantity);

    totals[TOTAL.cash]! -= quantity * price * multiplier + fee;
    totals[TOTAL.fees]! += fee;
    totals[TOTAL.slippage]! += slippage;

    if (held * quantity >= 0) {
      if (next !== 0) this.averagePrice[instrument] = average + (price - average) * (quantity / next);
    } else {
      const closed = next * held > 0 ? -quantity : held;
      totals[TOTAL.realised]! += closed * (price - average) * multiplier;
      if (next * held <= 0) this.averagePrice[instrument] = next === 0 ? 0 : price;
    }
    this.quantity[instrument] = next;
    if (Number.isNaN(this.price[instrument]!)) this.price[instrument] = price;
    if (next === 0) this.close(instrument);
    else if (this.slot[instrument]! < 0) {
      this.slot[instrument] = this.openCount;
      this.open[this.openCount++] = instrument;
      this.positions.add(instrument);
    }
  }

  charge(charge: Charge, amount: number): void {
    this.totals[TOTAL.cash]! -= amount;
    this.totals[chargeColumn[charge]]! += charge === 'dividend' ? -amount : amount;
  }

  split(instrument: number, ratio: number): void {
    invariant(ratio > 0 && Number.isFinite(ratio), `split of ${ratio} for 1`);
    this.quantity[instrument]! *= ratio;
    this.averagePrice[instrument]! /= ratio;
    this.price[instrument]! /= ratio;
  }

  value(): void {
    let gross = 0;
    let net = 0;
    let unrealised = 0;
    for (let k = 0; k < this.openCount; k++) {
      const i = this.open[k]!;
      const units = this.quantity[i]! * this.multiplier[i]!;
      const worth = units * this.price[i]!;
      net += worth;
      gross += Math.abs(worth);
      unrealised += worth - units * this.averagePrice[i]!;
    }
    const totals = this.totals;
    totals[TOTAL.gross] = gross;
    totals[TOTAL.net] = net;
    totals[TOTAL.unrealised] = unrealised;
    totals[TOTAL.equity] = totals[TOTAL.cash]! + net;
  }

  follow(instrument: number, prices: Float64Array, from: number, to: number, equity: Float64Array, row: number): void {
    const { openCount, open, price } = this;
    const cash = this.totals[TOTAL.cash]!;
    if (openCount === 0) for (let k = from, r = row; k < to; k++, r++) equity[r] = cash;
    else if (openCount > 1 || open[0] !== instrument) {
      for (let k = from; k < to; k++) {
        if (!Number.isNaN(prices[k]!)) price[instrument] = prices[k]!;
        this.value();
        equity[row + k - from] = this.totals[TOTAL.equity]!;
      }
      return;
    } else {
      // The sum that `value` makes, for the one position there is.
      const units = this.quantity[instrument]! * this.multiplier[instrument]!;
      let worth = units * price[instrument]!;
      for (let k = from, r = row; k < to; k++, r++) {
        const mark = prices[k]!;
        if (mark === mark) worth = units * mark;
        equity[r] = cash + worth;
      }
    }
    let last = to - 1;
    while (last >= from && Number.isNaN(prices[last]!)) last--;
    if (last >= from) price[instrument] = prices[last]!;
    this.value();
  }

  /** Takes a flat instrument out of `open`: the last one moves into its place. */
  private close(instrument: number): void {
    const place = this.slot[instrument]!;
    if (place < 0) return;
    const last = this.open[--this.openCount]!;
    this.open[place] = last;
    this.slot[last] = place;
    this.slot[instrument] = -1;
    this.positions.delete(instrument);
  }
}
