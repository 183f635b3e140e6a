/**
 * One set under plain terms, in one loop over its changes: filled at the next open, without increments or exits, fees in basis
 * points, for figures of returns, drawdown, trades and costs. It is what `SingleTrader` and `valueHeld` do, written out so that
 * all numbers of the set are local variables; the property test holds it to the event engine as it holds them.
 */
import type { RunConfig } from '../engine/index.ts';
import { takerFraction } from '../execution/index.ts';
import type { Instrument } from '../model/index.ts';
import { heldAfter, unitsOfWeight } from '../portfolio/index.ts';
import { leverageOf, onlyCloses, unitsWithin } from '../risk/index.ts';
import type { Allocation } from '../strategy/index.ts';
import { heldRows, TURN } from './held-rows.ts';
import { AT } from './single-state.ts';
import { TRADE_DUST } from './single-trader.ts';
import type { TargetKernel } from './target-kernel.ts';
import { NEAR_CALL } from './worst-prices.ts';

export type PlainTerms = {
  readonly instrument: Instrument;
  readonly config: RunConfig;
  readonly allocation: Allocation;
};

/** Rows on which a call of the routine costs more than it spares. */
const FEW = 12;

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

  constructor({ instrument, config }: PlainTerms, states: Float64Array) {
    const { account, execution, risk } = config;
    this.states = states;
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

  /** Walks the window with the changes that the kernel has found. False, with the set as it was, where only the general path can tell. */
  run(at: number, changes: number): boolean {
    const { states: S, multiplier, leverage, accountLeverage, maintenance, isCash, fraction, feeBps, rows } = this;
    const { rows: changeRows, targets, bars } = this.kernel;
    const { open } = bars;
    const { closes, totals, results, routines } = heldRows();
    const lowest = this.extremes[0]!;
    const highest = this.extremes[1]!;
    let cash = S[at + AT.cash]!;
    let held = S[at + AT.quantity]!;
    let weight = S[at + AT.weight]!;
    let side = S[at + AT.side]!;
    let size = S[at + AT.units]!;
    let equity = S[at + AT.equity]!;
    let before = S[at + AT.before]!;
    let peak = S[at + AT.peak]!;
    let worst = S[at + AT.worst]!;
    let heldCount = S[at + AT.heldRows]!;
    let equitySum = S[at + AT.equitySum]!;
    let firstEquity = S[at + AT.first]!;
    let sum = S[at + AT.sum]!;
    let squares = S[at + AT.squares]!;
    let fees = S[at + AT.fees]!;
    let slippage = S[at + AT.slippage]!;
    let traded = S[at + AT.traded]!;
    let tradeSign = S[at + AT.tradeSign]!;
    let tradeHeld = S[at + AT.tradeHeld]!;
    let entryValue = S[at + AT.entryValue]!;
    let exitValue = S[at + AT.exitValue]!;
    let tradeFees = S[at + AT.tradeFees]!;
    let closed = S[at + AT.closed]!;
    let won = S[at + AT.won]!;
    let gained = S[at + AT.gained]!;
    let lost = S[at + AT.lost]!;
    let profit = S[at + AT.profit]!;
    let from = this.first;
    let unseen = S[at + AT.rows] === 0;

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
        const units = held * multiplier;
        const count = to - from;
        if (unseen) firstEquity = held === 0 ? cash : cash + units * closes[from]!;
        unseen = false;
        if (held === 0) {
          const r = (cash - before) / before;
          sum += r;
          squares += r * r;
          equitySum += cash * count;
          before = cash;
          if (cash > peak) peak = cash;
          else if (cash / peak - 1 < worst) worst = cash / peak - 1;
        } else {
          if (!isCash) {
            const worth = units * (units > 0 ? lowest : highest);
            const gross = Math.abs(worth);
            // Near a call somewhere in the window: the general path looks bar by bar.
            if (!(cash + worth - maintenance * gross > NEAR_CALL * gross)) return false;
          }
          const alone = count < FEW ? to : from + 1 + ((count - 1) % TURN);
          let least = Number.POSITIVE_INFINITY;
          let most = 0;
          for (let k = from; k < alone; k++) {
            const value = cash + units * closes[k]!;
            const r = (value - before) / before;
            sum += r;
            squares += r * r;
            if (value < least) least = value;
            if (value > most) most = value;
            before = value;
          }
          if (alone < to) {
            routines.plain(8 * (alone - 1), 8 * (to - 1), cash, units);
            sum += results[0]! + results[1]!;
            squares += results[2]! + results[3]!;
            least = Math.min(least, results[4]!, results[5]!);
            most = Math.max(most, results[6]!, results[7]!);
            before = cash + units * closes[to - 1]!;
          }
          heldCount += count;
          equitySum += count * cash + units * (totals[to]! - totals[from]!);
          // Only a low that would be the deepest under the highest of the peaks needs a look at which came first.
          if (least < (1 + worst) * Math.max(most, peak)) {
            for (let k = from; k < to; k++) {
              const value = cash + units * closes[k]!;
              if (value > peak) peak = value;
              else if (value < (1 + worst) * peak) worst = value / peak - 1;
            }
          } else if (most > peak) peak = most;
        }
        equity = before;
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

    S[at + AT.cash] = cash;
    S[at + AT.quantity] = held;
    if (changes > 0) S[at + AT.target] = targets[changes - 1]!;
    S[at + AT.weight] = weight;
    S[at + AT.side] = side;
    S[at + AT.units] = size;
    S[at + AT.equity] = equity;
    S[at + AT.before] = before;
    S[at + AT.peak] = peak;
    S[at + AT.perPeak] = 1 / peak;
    S[at + AT.worst] = worst;
    S[at + AT.rows]! += rows - this.first;
    S[at + AT.heldRows] = heldCount;
    S[at + AT.equitySum] = equitySum;
    S[at + AT.first] = firstEquity;
    S[at + AT.sum] = sum;
    S[at + AT.squares] = squares;
    S[at + AT.fees] = fees;
    S[at + AT.slippage] = slippage;
    S[at + AT.traded] = traded;
    S[at + AT.tradeSign] = tradeSign;
    S[at + AT.tradeHeld] = tradeHeld;
    S[at + AT.entryValue] = entryValue;
    S[at + AT.exitValue] = exitValue;
    S[at + AT.tradeFees] = tradeFees;
    S[at + AT.closed] = closed;
    S[at + AT.won] = won;
    S[at + AT.gained] = gained;
    S[at + AT.lost] = lost;
    S[at + AT.profit] = profit;
    return true;
  }
}
