/** Orders and fills of one set in one instrument, where nothing is cut: what is, is left to the engine's own parts. */
import type { RunConfig } from '../engine/index.ts';
import { type FeeModel, makerFee, takerFee, takerFraction, takerPrice } from '../execution/index.ts';
import type { Instrument } from '../model/index.ts';
import { HELD_DUST, heldAfter, roundQuantity, sizedQuantity, unitsOfWeight } from '../portfolio/index.ts';
import { leverageOf, onlyCloses, unitsWithin } from '../risk/index.ts';
import type { Allocation } from '../strategy/index.ts';
import { AT } from './single-state.ts';

export type SingleTraderOptions = {
  readonly instrument: Instrument;
  readonly config: RunConfig;
  readonly allocation: Allocation;
  readonly states: Float64Array;
};

/** Columns of a fill. */
const QUANTITY = 0;
const PRICE = 1;
const FEE = 2;

export class SingleTrader {
  private readonly instrument: Instrument;
  private readonly config: RunConfig;
  private readonly states: Float64Array;
  /** The fill that is being booked; numbers passed to calls that are not inlined would be allocated. */
  private readonly now = new Float64Array(3);
  private readonly normalised: boolean;
  private readonly multiplier: number;
  private readonly leverage: number;
  private readonly accountLeverage: number;
  private readonly isCash: boolean;
  private readonly lots: boolean;
  private readonly fraction: number;
  private readonly fees: FeeModel;
  /** Basis points when they are the whole fee. */
  private readonly plainBps: number;

  constructor({ instrument, config, allocation, states }: SingleTraderOptions) {
    this.instrument = instrument;
    this.config = config;
    this.states = states;
    this.normalised = allocation === 'normalised';
    this.multiplier = instrument.multiplier;
    this.leverage = Math.min(config.risk.maxGrossLeverage ?? Number.POSITIVE_INFINITY, leverageOf(config.account));
    this.accountLeverage = config.account.leverage;
    this.isCash = config.account.kind === 'cash';
    this.lots = instrument.lotSize > 0;
    this.fraction = takerFraction(config.execution);
    const { fees } = config.execution;
    this.fees = fees;
    this.plainBps = fees.kind === 'bps' && fees.minimum === undefined ? fees.taker : 0;
  }

  /** The target of a set changed to `targets[j]` at the close of a row, when it was worth its `equity`: leaves the order it needs in its row. */
  decide(at: number, targets: Float64Array, j: number, closes: Float64Array, row: number): void {
    const S = this.states;
    const target = targets[j]!;
    const price = closes[row]!;
    const equity = S[at + AT.equity]!;
    S[at + AT.target] = target;
    const gross = Math.abs(target);
    const weight = !this.normalised ? target : gross > 0 ? target / gross : 0;
    if (weight === S[at + AT.weight]!) return;
    S[at + AT.weight] = weight;
    const exited = S[at + AT.exited]!;
    if (exited !== 0) {
      if (exited * weight > 0) return;
      S[at + AT.exited] = 0;
    }
    const held = S[at + AT.quantity]!;
    const quantity = this.wanted(weight, equity, price) - held;
    if (quantity === 0) return;
    const side = quantity > 0 ? 1 : -1;
    let size = quantity * side;
    if (!(size < Number.POSITIVE_INFINITY)) return this.leave(at);
    if (this.lots) size = roundQuantity(this.instrument, size);
    if (size === 0) return;
    const closing = held * side < 0 ? Math.min(size, Math.abs(held)) : 0;
    const opening = size - closing;
    if (!onlyCloses(opening, size)) {
      if (this.isCash && side < 0) size = closing;
      else if (unitsWithin(this.leverage, equity, 0, price * this.multiplier, side * held) < closing + opening)
        return this.leave(at);
    }
    if (size === 0) return;
    S[at + AT.side] = side;
    S[at + AT.units] = size;
  }

  /** Price of the last fill. */
  get price(): number {
    return this.now[PRICE]!;
  }

  /** The waiting order of a set meets the market at the price of a row. */
  fill(at: number, prices: Float64Array, row: number): void {
    this.trade(at, prices, row, false);
  }

  /** An exit closes the position at the price in `reference[0]`: a take-profit makes, the others take. */
  exit(at: number, reference: Float64Array, makes: boolean): void {
    const S = this.states;
    const held = S[at + AT.quantity]!;
    const size = Math.abs(held);
    if (this.lots && roundQuantity(this.instrument, size) !== size) return this.leave(at);
    S[at + AT.side] = held > 0 ? -1 : 1;
    S[at + AT.units] = size;
    S[at + AT.guarded] = 0;
    S[at + AT.exited] = held > 0 ? 1 : -1;
    this.trade(at, reference, 0, makes);
  }

  private trade(at: number, prices: Float64Array, row: number, makes: boolean): void {
    const S = this.states;
    const reference = prices[row]!;
    const { multiplier } = this;
    const side = S[at + AT.side]!;
    const size = S[at + AT.units]!;
    const held = S[at + AT.quantity]!;
    const cash = S[at + AT.cash]!;
    S[at + AT.side] = 0;
    const price = makes ? reference : takerPrice(this.instrument, reference, side, this.fraction, Number.NaN);
    const closing = held * side < 0 ? Math.min(Math.abs(held), size) : 0;
    const opening = size - closing;
    const notional = size * price * multiplier;
    const fee = makes ? makerFee(this.fees, size, notional) : this.feeOf(size, notional);
    const isShort = this.isCash && side < 0;
    if (opening > 0 || isShort) {
      const paid =
        closing + opening === size ? fee : this.feeOf(closing + opening, (closing + opening) * price * multiplier);
      const unit = reference * multiplier;
      const slip = Math.abs(price - reference) * multiplier;
      let affords: boolean;
      if (isShort) affords = opening <= 0 && cash + (closing * price * multiplier - fee) >= 0;
      else if (this.isCash) affords = opening * (price * multiplier) + paid <= cash;
      else {
        const leverage = this.accountLeverage;
        const budget =
          leverage * (cash + held * multiplier * reference - closing * slip) -
          (Math.abs(held * multiplier * reference) - closing * unit);
        affords = opening * (unit + leverage * slip) + leverage * paid <= budget;
      }
      if (!affords) return this.leave(at);
    }
    const quantity = side * size;
    S[at + AT.cash] = cash - (quantity * price * multiplier + fee);
    S[at + AT.quantity] = heldAfter(held, quantity);
    S[at + AT.fees]! += fee;
    S[at + AT.slippage]! += side * (price - reference) * size * multiplier;
    S[at + AT.traded]! += Math.abs(size * price);
    this.now[QUANTITY] = quantity;
    this.now[PRICE] = price;
    this.now[FEE] = fee;
    this.book(at);
  }

  private wanted(weight: number, equity: number, price: number): number {
    const { sizing } = this.config;
    const { multiplier } = this;
    if (weight === 0) return 0;
    if (sizing.kind === 'weight') return unitsOfWeight(weight, equity, price * multiplier);
    return sizedQuantity(sizing, { target: weight, slotEquity: equity, price, multiplier });
  }

  private feeOf(units: number, notional: number): number {
    // What `takerFee` comes to without a minimum; it is asked twice a trade.
    return this.plainBps === 0 ? takerFee(this.fees, units, notional) : (notional * this.plainBps) / 10_000;
  }

  /** Something was cut or refused for want of money or room. */
  private leave(at: number): void {
    this.states[at + AT.unsound] = 1;
  }

  /** The trade that the fill opens, adds to, reduces or closes; a flip does two of it. */
  private book(at: number): void {
    const S = this.states;
    const { now: fill } = this;
    const open = S[at + AT.tradeHeld]!;
    const quantity = fill[QUANTITY]!;
    if (open === 0) return this.enter(at);
    const size = Math.abs(quantity);
    if (S[at + AT.tradeSign]! * quantity > 0) {
      S[at + AT.tradeHeld] = open + size;
      S[at + AT.entryValue]! += size * fill[PRICE]!;
      S[at + AT.tradeFees]! += fill[FEE]!;
      return;
    }
    const rest = size - open;
    // What is left of a trade is what is left of the position.
    const dust = HELD_DUST * Math.max(size, open);
    if (rest < -dust) return this.reduce(at);
    fill[QUANTITY] = open;
    if (rest <= dust) {
      this.reduce(at);
      return this.close(at);
    }
    const fee = fill[FEE]!;
    const closingFee = (fee * open) / size;
    fill[FEE] = closingFee;
    this.reduce(at);
    this.close(at);
    fill[QUANTITY] = quantity > 0 ? rest : -rest;
    fill[FEE] = fee - closingFee;
    this.enter(at);
  }

  private enter(at: number): void {
    const S = this.states;
    const { now: fill } = this;
    const quantity = fill[QUANTITY]!;
    const size = Math.abs(quantity);
    S[at + AT.tradeSign] = quantity > 0 ? 1 : -1;
    S[at + AT.tradeHeld] = size;
    S[at + AT.entryValue] = size * fill[PRICE]!;
    S[at + AT.exitValue] = 0;
    S[at + AT.tradeFees] = fill[FEE]!;
  }

  private reduce(at: number): void {
    const S = this.states;
    const { now: fill } = this;
    const size = Math.abs(fill[QUANTITY]!);
    S[at + AT.tradeHeld]! -= size;
    S[at + AT.exitValue]! += size * fill[PRICE]!;
    S[at + AT.tradeFees]! += fill[FEE]!;
  }

  private close(at: number): void {
    const S = this.states;
    const gross = S[at + AT.tradeSign]! * (S[at + AT.exitValue]! - S[at + AT.entryValue]!) * this.multiplier;
    const profit = gross - S[at + AT.tradeFees]!;
    S[at + AT.tradeHeld] = 0;
    S[at + AT.closed]! += 1;
    S[at + AT.profit]! += profit;
    if (profit > 0) {
      S[at + AT.won]! += 1;
      S[at + AT.gained]! += profit;
    } else if (profit < 0) S[at + AT.lost]! += profit;
  }
}
