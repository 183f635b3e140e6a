/** Targets become orders: asks the strategy for each instrument's target, shares the equity among them, and orders the difference to what is held. */
import { SigmaError } from '../core/index.ts';
import { type Bracket, type Instrument, splitBracket, timeAt } from '../model/index.ts';
import { type Account, type Pending, TOTAL } from '../portfolio/index.ts';
import type { Allocation, ParamSpecs, ParamValues, Rebalance, Strategy } from '../strategy/index.ts';
import { hasPeriods, periodOf } from './calendar.ts';
import type { Market } from './market.ts';
import { marketOrder } from './order-request.ts';
import type { OrderState } from './order-state.ts';
import { COUNT, LOOK, type RowView } from './row-view.ts';
import type { Sizer } from './sizer.ts';
import { strategyError } from './strategy-error.ts';
import { checkExits, type TargetExits } from './target-exits.ts';

/** What targets need to see of the market. */
export type TargetMarket = Pick<Market, 'block' | 'columns' | 'member' | 'closes' | 'completeInstant' | 'hidden'>;

/** The books of the engine, as far as targets look at them. */
export interface TargetBooks {
  /** Brings up to a position of the block's order at least what is known of one instrument. */
  until(position: number, instrument: number): void;
}

/** Where targets send their orders. */
export interface TargetDesk {
  /** Signed quantity still to come of orders on their way. */
  readonly pending: Pending;
  /** Orders a signed quantity, not 0, at the market. */
  order(instrument: number, quantity: number, now: number): void;
}

export type TargetOptions = {
  readonly strategy: Strategy;
  readonly params: ParamValues<ParamSpecs>;
  readonly instruments: readonly Instrument[];
  readonly account: Account;
  readonly desk: TargetDesk;
  /** Of a strategy that has exits. */
  readonly exits: TargetExits | undefined;
  readonly market: TargetMarket;
  readonly sizer: Sizer;
  readonly books: TargetBooks;
  readonly clock: Float64Array;
  readonly view: RowView;
  /** How many of the market's signals are the strategy's own. */
  readonly signals: number;
};

export class Targets {
  private readonly options: TargetOptions;
  private readonly account: Account;
  private readonly market: TargetMarket;
  private readonly view: RowView;
  private readonly clock: Float64Array;
  private readonly allocation: Allocation;
  private readonly rebalance: Rebalance;
  /** The strategy's last target, and the weight ordered for it. */
  private readonly held: Float64Array;
  private readonly weights: Float64Array;
  /** Instruments to order at this instant; their rows and the signed quantities they lack, by instrument. */
  private readonly due: Int32Array;
  private readonly dueRow: Int32Array;
  private readonly lacking: Float64Array;
  private readonly exits: TargetExits | undefined;
  /** Exits of the last target that was to open a position, by instrument. */
  private readonly brackets: Bracket[];
  /** [share of the equity that an instrument had at the last decision] */
  private readonly slot = new Float64Array(1);
  /** [period of the last decision] */
  private readonly period = new Float64Array(1).fill(Number.NaN);

  constructor(options: TargetOptions) {
    const count = options.instruments.length;
    this.options = options;
    this.account = options.account;
    this.market = options.market;
    this.view = options.view;
    this.clock = options.clock;
    this.allocation = options.strategy.allocation ?? 'slots';
    this.rebalance = options.strategy.rebalance ?? 'change';
    this.held = new Float64Array(count);
    this.weights = new Float64Array(count);
    this.due = new Int32Array(count);
    this.dueRow = new Int32Array(count);
    this.lacking = new Float64Array(count);
    this.brackets = new Array<Bracket>(count).fill({});
    this.exits = options.exits;
  }

  /** Asks for targets at rows order[from..to) when the calendar says so, and orders what is lacking. */
  decide(from: number, to: number): void {
    if (hasPeriods(this.rebalance)) {
      const current = periodOf(this.rebalance, timeAt(this.market.block, from));
      if (current === this.period[0]) return;
      this.period[0] = current;
    }
    this.market.completeInstant(from, to);
    const { strategy, instruments } = this.options;
    const members = strategy.universe === undefined ? to - from : this.countMembers(from, to);
    this.view[COUNT](members);
    this.askAll(from, to);
    this.order(from, to, this.share(strategy.universe === undefined ? instruments.length : members));
  }

  /** Takes a target that the strategy gave; `orderHeld` orders it. */
  hold(instrument: number, target: number): void {
    this.held[instrument] = target;
  }

  /** Orders what is lacking to the targets held at rows order[from..to). False when sizing had no quantity for some of it. */
  orderHeld(from: number, to: number): boolean {
    this.view[COUNT](to - from);
    return this.order(from, to, this.share(this.options.instruments.length));
  }

  /** Orders the difference to one instrument's weight now. */
  set(instrument: number, weight: number): void {
    if (!Number.isFinite(weight))
      throw new SigmaError('strategy/bad-target', `the target is ${weight}`, { hint: 'give a finite number' });
    this.held[instrument] = weight;
    const quantity = this.difference(instrument, weight, this.share(this.options.instruments.length));
    if (!Number.isNaN(quantity)) this.submit(instrument, quantity);
  }

  /** A fill is in the account and in its order. */
  onFill(state: OrderState): void {
    this.exits?.onFill(state);
    this.settle(state.order.instrument);
  }

  /** An order has ended without a fill. */
  onEnd(state: OrderState): void {
    this.exits?.onEnd(state);
    this.settle(state.order.instrument);
  }

  /** Each unit of an instrument has become `ratio` new ones: exits that were asked for are at other prices. */
  split(i: number, ratio: number): void {
    this.brackets[i] = splitBracket(this.brackets[i]!, ratio);
    this.exits?.split(i, ratio);
  }

  /** Everything was closed by force: the next targets start from nothing held. */
  forget(): void {
    this.held.fill(0);
    this.weights.fill(Number.NaN);
    this.exits?.forget();
  }

  /** Trading resumes: targets that were refused meanwhile are ordered anew, although they did not change. */
  renew(): void {
    this.weights.fill(Number.NaN);
  }

  private countMembers(from: number, to: number): number {
    const { order } = this.market.block;
    const { member } = this.market;
    let members = 0;
    for (let k = from; k < to; k++) members += member[order[k]!]!;
    return members;
  }

  /** What is held stays where a price is missing or a signal is not warm. */
  private askAll(from: number, to: number): void {
    const { market, view, options, held } = this;
    const { order, instrument } = market.block;
    const { member, columns, closes } = market;
    const { instruments, signals } = options;
    let k = from;
    try {
      for (; k < to; k++) {
        const row = order[k]!;
        const i = instrument[row]!;
        if (member[row] === 0) held[i] = 0;
        else if (isKnown(closes, columns.signals, signals, row)) {
          view[LOOK](columns, row, instruments[i]!.symbol);
          // What is held is a number that has no sign where it is zero.
          held[i] = this.ask(held[i]! + 0);
        }
      }
    } catch (cause) {
      const row = order[k]!;
      const i = instrument[row]!;
      options.books.until(to, i);
      throw strategyError(cause, options.strategy.name, instruments[i]!.symbol, market.block.time[row]!);
    }
  }

  /** The target at the row the view is on. */
  private ask(held: number): number {
    const { view, options } = this;
    // Called as a function, as in a sweep: without a `this`.
    const { target } = options.strategy;
    // The view has a getter for each signal; the strategy's own type names them.
    const weight = target!(view as never, options.params, held);
    if (!(weight - weight === 0)) {
      throw new SigmaError('strategy/bad-target', `the target is ${weight}`, {
        hint: 'return a finite number: 1 is fully long, 0 flat, -1 fully short',
      });
    }
    return weight;
  }

  private order(from: number, to: number, slot: number): boolean {
    const { columns, closes } = this.market;
    const { order, instrument } = this.market.block;
    const { signals } = this.options;
    const { held, weights, due, dueRow, lacking, allocation, exits } = this;
    this.slot[0] = slot;
    const divisor = allocation === 'normalised' ? grossOf(held) : 1;
    let reducing = 0;
    let orders = 0;
    let whole = true;
    for (let k = from; k < to; k++) {
      const row = order[k]!;
      const i = instrument[row]!;
      const weight = divisor > 0 ? held[i]! / divisor : 0;
      if (this.rebalance === 'change' && weight === weights[i]) continue;
      if (weight === 0 && exits === undefined && this.isAbsent(i)) {
        weights[i] = weight;
        lacking[i] = 0;
        due[orders++] = i;
        continue;
      }
      // Exits would be asked for with a row that has no values.
      if (exits !== undefined && weight !== 0 && !isKnown(closes, columns.signals, signals, row)) continue;
      dueRow[i] = row;
      if (exits?.isBusy(i)) {
        this.follow(i, weight);
        continue;
      }
      if (exits?.keepsOut(i, weight)) {
        weights[i] = weight;
        continue;
      }
      this.options.books.until(to, i);
      const quantity = this.difference(i, weight, slot);
      if (Number.isNaN(quantity)) {
        whole = false;
        continue;
      }
      weights[i] = weight;
      lacking[i] = quantity;
      due[orders++] = i;
      if (quantity * this.account.quantity[i]! < 0) {
        // Reducing orders go first, so that what they free can be used by the others.
        due[orders - 1] = due[reducing]!;
        due[reducing++] = i;
      }
    }
    for (let j = 0; j < orders; j++) this.submitDue(due[j]!);
    return whole;
  }

  /** Nothing of it is held or on its way. */
  private isAbsent(i: number): boolean {
    return this.account.quantity[i] === 0 && this.options.desk.pending.units[i] === 0;
  }

  private share(members: number): number {
    return this.allocation === 'slots' ? 1 / Math.max(1, members) : 1;
  }

  /** Signed quantity between what is held or on its way and the weight; NaN while sizing is not warm. */
  private difference(i: number, weight: number, slot: number): number {
    const wanted = weight === 0 ? 0 : this.wanted(i, weight, slot);
    return wanted - this.account.quantity[i]! - this.options.desk.pending.units[i]!;
  }

  private wanted(i: number, weight: number, slot: number): number {
    const { account, market, options } = this;
    const equity = account.totals[TOTAL.equity]! * slot;
    return options.sizer.quantity(weight, equity, account.price[i]!, options.instruments[i]!, (k) =>
      market.hidden(k, i),
    );
  }

  private submit(i: number, quantity: number): void {
    if (quantity !== 0) this.options.desk.order(i, quantity, this.clock[0]!);
  }

  private submitDue(i: number): void {
    const { exits, lacking, weights, brackets } = this;
    const quantity = lacking[i]!;
    if (exits === undefined) this.submit(i, quantity);
    else if (quantity !== 0) {
      const ask = (): Bracket => {
        brackets[i] = this.askExits(i);
        return brackets[i]!;
      };
      exits.submit({ instrument: i, request: marketOrder(quantity), weight: weights[i]!, ask }, this.clock[0]!);
    }
  }

  /** The target of an instrument for which orders are on their way: one that has changed is ordered when they have ended. */
  private follow(i: number, weight: number): void {
    if (weight === this.weights[i]) return;
    this.weights[i] = weight;
    if (weight !== 0) this.brackets[i] = this.askExits(i);
    this.exits!.clear(i);
    this.settle(i);
  }

  /** Orders that were being cancelled have all ended: what is held becomes what the target says, or nothing after an exit. */
  private settle(i: number): void {
    const { exits, weights, brackets, slot } = this;
    const weight = weights[i]!;
    // Where trading resumes the next decision orders anew.
    if (exits === undefined || Number.isNaN(weight) || !exits.settles(i)) return;
    const aim = exits.keepsOut(i, weight) ? 0 : weight;
    if (this.account.quantity[i]! * aim > 0) exits.guard(i, brackets[i]!, this.clock[0]!);
    const quantity = this.difference(i, aim, slot[0]!);
    if (Number.isNaN(quantity)) weights[i] = quantity;
    else if (quantity !== 0) {
      const order = { instrument: i, request: marketOrder(quantity), weight: aim, ask: () => brackets[i]! };
      exits.submit(order, this.clock[0]!);
    }
  }

  /** The exits of what is opened at the row of an instrument that is due. */
  private askExits(i: number): Bracket {
    const { view, options, market } = this;
    const { symbol } = options.instruments[i]!;
    const { exits } = options.strategy;
    const row = this.dueRow[i]!;
    view[LOOK](market.columns, row, symbol);
    try {
      return checkExits(exits!(view as never, options.params));
    } catch (cause) {
      throw strategyError(cause, options.strategy.name, symbol, market.block.time[row]!);
    }
  }
}

/** There is a close, and each of the first `count` signals has a value at the row. */
function isKnown(
  closes: Float64Array | undefined,
  signals: readonly Float64Array[],
  count: number,
  row: number,
): boolean {
  if (closes !== undefined && closes[row] !== closes[row]) return false;
  for (let k = 0; k < count; k++) {
    const value = signals[k]![row]!;
    if (value !== value) return false;
  }
  return true;
}

function grossOf(targets: Float64Array): number {
  let gross = 0;
  for (let i = 0; i < targets.length; i++) gross += Math.abs(targets[i]!);
  return gross;
}
