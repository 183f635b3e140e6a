/**
 * One set under plain terms, in one loop over its changes: filled at the next open, without increments or exits, fees in basis
 * points, for figures of returns, drawdown, trades and costs. Orders and fills are what `SingleTrader` makes of them, written out
 * so that their numbers are local variables; the property test holds it to the event engine as it holds `SingleTrader`. What is
 * held is valued by the same code as everywhere.
 */
import type { RunConfig } from '../engine/index.ts';
import { takerFraction } from '../execution/index.ts';
import type { Instrument } from '../model/index.ts';
import { heldAfter, unitsOfWeight } from '../portfolio/index.ts';
import { leverageOf, onlyCloses, unitsWithin } from '../risk/index.ts';
import type { Allocation } from '../strategy/index.ts';
import { heldRows } from './held-rows.ts';
import { BYTES, type HeldRuns } from './held-runs.ts';
import { AT, MOVED_AT } from './single-state.ts';
import { TRADE_DUST } from './single-trader.ts';
import type { TargetKernel } from './target-kernel.ts';
import { NEAR_CALL } from './worst-prices.ts';

export type PlainTerms = {
  readonly instrument: Instrument;
  readonly config: RunConfig;
  readonly allocation: Allocation;
};

/** The terms are such that the walk knows all that happens. */
export function isPlain({ instrument, config, allocation }: PlainTerms): boolean {
  const { execution, sizing } = config;
  const { fees } = execution;
  return (
    execution.fill === 'open' &&
    instrument.lotSize === 0 &&
    instrument.tickSize === 0 &&
    allocation !== 'normalised' &&
    sizing.kind === 'weight' &&
    (fees.kind === 'none' || (fees.kind === 'bps' && fees.minimum === undefined))
  );
}

export class PlainWalk {
  private readonly states: Float64Array;
  private readonly runs: HeldRuns;
  /** The set that is walked: it takes the place of its row once the window was walked whole. */
  private readonly row = new Float64Array(MOVED_AT);
  private readonly multiplier: number;
  private readonly leverage: number;
  private readonly accountLeverage: number;
  private readonly maintenance: number;
  private readonly isCash: boolean;
  private readonly fraction: number;
  private readonly feeBps: number;
  private kernel!: TargetKernel;
  private first = 0;
  private rows = 0;
  /** Lowest and highest price of the window. */
  private readonly extremes = new Float64Array(2);

  constructor({ instrument, config }: PlainTerms, states: Float64Array, runs: HeldRuns) {
    const { account, execution, risk } = config;
    this.states = states;
    this.runs = runs;
    this.multiplier = instrument.multiplier;
    this.leverage = Math.min(risk.maxGrossLeverage ?? Number.POSITIVE_INFINITY, leverageOf(account));
    this.accountLeverage = account.leverage;
    this.maintenance = account.maintenance;
    this.isCash = account.kind === 'cash';
    this.fraction = takerFraction(execution);
    this.feeBps = execution.fees.kind === 'bps' ? execution.fees.taker : 0;
  }

  /** Rows [first, rows) of the kernel are the window. */
  enter(kernel: TargetKernel, first: number, rows: number, lowest: number, highest: number): void {
    this.kernel = kernel;
    this.first = first;
    this.rows = rows;
    this.extremes[0] = lowest;
    this.extremes[1] = highest;
  }

  /**
   * Walks the window with the changes that the kernel has found, and leaves what was held among the runs. False, with the set
   * as it was, where only the general path can tell.
   */
  run(at: number, changes: number): boolean {
    const {
      states,
      row: S,
      runs,
      multiplier,
      leverage,
      accountLeverage,
      maintenance,
      isCash,
      fraction,
      feeBps,
      rows,
    } = this;
    const { rows: changeRows, targets, bars } = this.kernel;
    const { open } = bars;
    const { closes, totals, terms, ends } = heldRows();
    const lowest = this.extremes[0]!;
    const highest = this.extremes[1]!;
    for (let k = 0; k < MOVED_AT; k++) S[k] = states[at + k]!;
    let cash = S[AT.cash]!;
    let held = S[AT.quantity]!;
    let weight = S[AT.weight]!;
    let side = S[AT.side]!;
    let size = S[AT.units]!;
    let fees = S[AT.fees]!;
    let slippage = S[AT.slippage]!;
    let traded = S[AT.traded]!;
    let tradeSign = S[AT.tradeSign]!;
    let tradeHeld = S[AT.tradeHeld]!;
    let entryValue = S[AT.entryValue]!;
    let exitValue = S[AT.exitValue]!;
    let tradeFees = S[AT.tradeFees]!;
    let closed = S[AT.closed]!;
    let won = S[AT.won]!;
    let gained = S[AT.gained]!;
    let lost = S[AT.lost]!;
    let profit = S[AT.profit]!;
    let equity = S[AT.equity]!;
    let equitySum = S[AT.equitySum]!;
    let counted = S[AT.rows]!;
    let heldFor = S[AT.heldRows]!;
    let from = this.first;
    let put = 0;
    if (counted === 0 && from < rows) S[AT.first] = cash + held * multiplier * closes[from]!;

    for (let j = 0; ; j++) {
      // The order that waits meets the open.
      if (side !== 0 && from < rows) {
        const reference = open[from]!;
        const worth = held * multiplier * reference;
        const gross = Math.abs(worth);
        if (!isCash && held !== 0 && !(cash + worth - maintenance * gross > NEAR_CALL * gross)) return false;
        const price = Math.max(reference * (1 + side * fraction), 0);
        const closing = held * side < 0 ? Math.min(Math.abs(held), size) : 0;
        const opening = size - closing;
        const fee = (size * price * multiplier * feeBps) / 10_000;
        if (isCash && side < 0) {
          if (opening > 0 || !(cash + (closing * price * multiplier - fee) >= 0)) return false;
        } else if (opening > 0) {
          const paid = closing + opening === size ? fee : ((closing + opening) * price * multiplier * feeBps) / 10_000;
          const unit = reference * multiplier;
          const slip = Math.abs(price - reference) * multiplier;
          if (isCash) {
            if (!(opening * (price * multiplier) + paid <= cash)) return false;
          } else {
            const budget = accountLeverage * (cash + worth - closing * slip) - (gross - closing * unit);
            if (!(opening * (unit + accountLeverage * slip) + accountLeverage * paid <= budget)) return false;
          }
        }
        const quantity = side * size;
        cash -= quantity * price * multiplier + fee;
        held = heldAfter(held, quantity);
        fees += fee;
        slippage += side * (price - reference) * size * multiplier;
        traded += Math.abs(size * price);
        if (tradeHeld !== 0 && tradeSign * side > 0) {
          tradeHeld += size;
          entryValue += size * price;
          tradeFees += fee;
        } else {
          // What closes first, then what is left to open the next.
          let rest = size;
          let left = fee;
          if (tradeHeld !== 0) {
            rest = size - tradeHeld;
            const dust = TRADE_DUST * Math.max(size, tradeHeld);
            const whole = rest >= -dust;
            const part = rest > dust ? (fee * tradeHeld) / size : fee;
            exitValue += (whole ? tradeHeld : size) * price;
            tradeFees += part;
            left = fee - part;
            if (!whole) tradeHeld -= size;
            else {
              const gain = tradeSign * (exitValue - entryValue) * multiplier - tradeFees;
              tradeHeld = 0;
              closed += 1;
              profit += gain;
              if (gain > 0) {
                won += 1;
                gained += gain;
              } else if (gain < 0) lost += gain;
            }
            if (!(rest > dust)) rest = 0;
          }
          if (rest > 0) {
            tradeSign = side;
            tradeHeld = rest;
            entryValue = rest * price;
            exitValue = 0;
            tradeFees = left;
          }
        }
        side = 0;
      }

      // What is held is valued up to the next change.
      const to = j < changes ? changeRows[j]! + 1 : rows;
      if (from < to) {
        if (held !== 0 && !isCash) {
          const units = held * multiplier;
          const worth = units * (units > 0 ? lowest : highest);
          const gross = Math.abs(worth);
          // Near a call somewhere in the window: the general path looks bar by bar.
          if (!(cash + worth - maintenance * gross > NEAR_CALL * gross)) return false;
        }
        const units = held * multiplier;
        const count = to - from;
        terms[2 * put] = cash;
        terms[2 * put + 1] = units;
        ends[put++] = BYTES * to;
        counted += count;
        if (units !== 0) heldFor += count;
        equitySum += count * cash + units * (totals[to]! - totals[from]!);
        equity = cash + units * closes[to - 1]!;
        from = to;
      }
      if (j === changes) break;

      // The change orders what is lacking.
      const target = targets[j]!;
      if (target === weight) continue;
      weight = target;
      const price = closes[to - 1]!;
      const lacking = (weight === 0 ? 0 : unitsOfWeight(weight, equity, price * multiplier)) - held;
      if (lacking === 0) continue;
      side = lacking > 0 ? 1 : -1;
      size = lacking * side;
      if (!(size < Number.POSITIVE_INFINITY)) return false;
      const closing = held * side < 0 ? Math.min(size, Math.abs(held)) : 0;
      const opening = size - closing;
      if (onlyCloses(opening, size)) continue;
      if (isCash && side < 0) {
        size = closing;
        if (size === 0) side = 0;
      } else if (unitsWithin(leverage, equity, 0, price * multiplier, side * held) < closing + opening) return false;
    }

    runs.take(this.first, put);
    S[AT.cash] = cash;
    S[AT.quantity] = held;
    S[AT.equity] = equity;
    S[AT.equitySum] = equitySum;
    S[AT.rows] = counted;
    S[AT.heldRows] = heldFor;
    if (changes > 0) S[AT.target] = targets[changes - 1]!;
    S[AT.weight] = weight;
    S[AT.side] = side;
    S[AT.units] = size;
    S[AT.fees] = fees;
    S[AT.slippage] = slippage;
    S[AT.traded] = traded;
    S[AT.tradeSign] = tradeSign;
    S[AT.tradeHeld] = tradeHeld;
    S[AT.entryValue] = entryValue;
    S[AT.exitValue] = exitValue;
    S[AT.tradeFees] = tradeFees;
    S[AT.closed] = closed;
    S[AT.won] = won;
    S[AT.gained] = gained;
    S[AT.lost] = lost;
    S[AT.profit] = profit;
    for (let k = 0; k < MOVED_AT; k++) states[at + k] = S[k]!;
    return true;
  }
}
