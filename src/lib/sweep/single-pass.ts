/** All sets of a group over one instrument, window by window: where targets change, the fills there, and the value of what is held between. */
import type { RunConfig } from '../engine/index.ts';
import type { Instrument } from '../model/index.ts';
import type { Allocation } from '../strategy/index.ts';
import { least, most } from './extreme-prices.ts';
import { HeldRuns, sumCloses } from './held-runs.ts';
import type { MissingSignals } from './missing-signals.ts';
import type { PeriodEnds } from './period-ends.ts';
import type { Extremes } from './periods.ts';
import { isPlain, PlainWalk } from './plain-walk.ts';
import { SingleExits } from './single-exits.ts';
import { AT, createStates, type SumWants, WIDTH } from './single-state.ts';
import { SingleTrader } from './single-trader.ts';
import { endPeriod, followRun } from './single-value.ts';
import type { ParamSet } from './sweep.ts';
import type { TargetKernel } from './target-kernel.ts';
import type { WindowBlock, WindowColumn } from './window-block.ts';
import { NO_ROW, windowMemory } from './window-memory.ts';
import { NEAR_CALL } from './worst-prices.ts';

export type SinglePassOptions = {
  readonly instrument: Instrument;
  readonly config: RunConfig;
  readonly allocation: Allocation;
  readonly sets: number;
  /** Periods are the UTC days of shorter bars. */
  readonly intraday: boolean;
  readonly sums: SumWants;
  /** Returns of set s go to row `places[s]` of width `width`. */
  readonly returns: ReturnRows | undefined;
  /** The strategy has exits. */
  readonly exits: boolean;
  readonly closeOnly: boolean;
  /** Lowest and highest price of all windows, where the low and the high of each bar bound its other prices. */
  readonly extremes: Extremes | undefined;
};

export type ReturnRows = { readonly values: Float64Array; readonly width: number; readonly places: Int32Array };

/** Columns that fills and values are made of, and those that tell how far prices went. */
const priced: readonly WindowColumn[] = ['open', 'close'];
const reached: readonly WindowColumn[] = ['high', 'low'];

export class SinglePass {
  readonly states: Float64Array;
  /** 1 for sets that were walked under plain terms throughout. */
  readonly plainly: Uint8Array;
  private readonly options: SinglePassOptions;
  private block!: WindowBlock;
  private hasReached = false;
  private readonly runs = new HeldRuns();
  private readonly trader: SingleTrader;
  private readonly exits: SingleExits | undefined;
  /** Walks a set where terms and wishes are plain; what it cannot tell, the parts do. */
  private readonly plain: PlainWalk | undefined;
  /** The bars of the window are such that exits can be followed. */
  private orderly = true;
  private readonly multiplier: number;
  private readonly margin: boolean;
  private readonly maintenance: number;
  private readonly atClose: boolean;
  /** The window: its prices, its first recorded row, its length, its extremes (NaN until asked for), and the last rows of its days. */
  private kernel!: TargetKernel;
  private first = 0;
  private rows = 0;
  private lowest = 0;
  private highest = 0;
  private readonly dayEnds = windowMemory().days;
  private days = 0;
  /** Periods of earlier windows. */
  private periodsBefore = 0;

  constructor(options: SinglePassOptions) {
    const { instrument, config, allocation, sets } = options;
    this.options = options;
    this.states = createStates(sets, config.account.cash);
    this.plainly = new Uint8Array(sets).fill(1);
    const { states } = this;
    this.trader = new SingleTrader({ instrument, config, allocation, states });
    this.exits = options.exits
      ? new SingleExits({ instrument, config, closeOnly: options.closeOnly, states })
      : undefined;
    this.plain = options.returns === undefined && isPlain(options) ? new PlainWalk(options) : undefined;
    this.multiplier = instrument.multiplier;
    this.margin = config.account.kind === 'margin';
    this.maintenance = config.account.maintenance;
    this.atClose = config.execution.fill === 'close';
  }

  /** Takes the next window. Rows of instants up to the start only warm up. */
  enter(kernel: TargetKernel, block: WindowBlock, ends: PeriodEnds): void {
    const { config, intraday, returns, extremes } = this.options;
    const { at, rows } = block;
    this.block = block;
    block.bring(priced);
    block.bring(kernel.reads);
    this.hasReached = false;
    this.kernel = kernel;
    this.rows = rows;
    this.first = 0;
    while (this.first < this.rows && !(at[this.first]! > config.start)) this.first++;
    this.days = intraday || returns !== undefined ? ends.find(at, this.rows, this.dayEnds) : 0;
    this.dayEnds[this.days] = NO_ROW;
    this.lowest = Number.NaN;
    sumCloses(this.first, this.rows);
    this.plain?.enter(this.first, this.rows);
    if (extremes !== undefined) this.plain?.bound(extremes.lowest, extremes.highest);
    else if (this.plain !== undefined && this.margin) this.findExtremes();
    this.orderly = this.exits?.enter(kernel, this.first, this.rows) ?? true;
  }

  /** Asked for at every row that is looked at. */
  private bringReached(): void {
    if (this.hasReached) return;
    this.block.bring(reached);
    this.hasReached = true;
  }

  private findExtremes(): void {
    this.bringReached();
    const { low, high, open, close } = this.kernel.bars;
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    if (this.options.extremes !== undefined)
      for (let k = this.first; k < this.rows; k++) {
        if (low[k]! < lowest) lowest = low[k]!;
        if (high[k]! > highest) highest = high[k]!;
      }
    else
      for (let k = this.first; k < this.rows; k++) {
        lowest = least(lowest, low[k]!, open[k]!, close[k]!);
        highest = most(highest, high[k]!, open[k]!, close[k]!);
      }
    this.lowest = lowest;
    this.highest = highest;
    this.plain?.bound(lowest, highest);
  }

  /** The window is over for all sets. */
  leave(): void {
    this.periodsBefore += this.days;
  }

  /** Passes set s over the window. */
  advance(s: number, params: ParamSet, missing: MissingSignals): void {
    const at = s * WIDTH;
    const { states, kernel } = this;
    if (!this.orderly) states[at + AT.unsound] = 1;
    if (states[at + AT.unsound] === 1 || this.first === this.rows) return;
    kernel.targets[0] = states[at + AT.target]!;
    const changes = this.find(at, params, missing);
    if (this.walkPlainly(at, params, changes)) return;
    this.plainly[s] = 0;
    if (this.atClose) this.walkCloses(s, at, params, changes);
    else this.walkOpens(s, at, params, changes);
    this.runs.value(at, this.options.sums.shape);
  }

  /** Near a call by the prices of all windows those of this one may tell that there is none. */
  private walkPlainly(at: number, params: ParamSet, changes: number): boolean {
    const { plain } = this;
    if (plain === undefined || !this.asksAll(at, params, changes)) return false;
    if (plain.run(at, changes)) return true;
    if (!this.margin || !Number.isNaN(this.lowest)) return false;
    this.findExtremes();
    return plain.run(at, changes);
  }

  /** What the strategy throws is told by the engine's own parts, which know where it happened. */
  private find(at: number, params: ParamSet, { before, complete }: MissingSignals): number {
    try {
      return this.kernel.find(params, Math.max(this.first, before), this.rows, complete);
    } catch {
      this.states[at + AT.unsound] = 1;
      return 0;
    }
  }

  /** Decided on a close, filled at the next open. */
  private walkOpens(s: number, at: number, params: ParamSet, changes: number): void {
    const { states, kernel, rows } = this;
    let from = this.first;
    this.open(at, from);
    for (let j = 0; j < changes && states[at + AT.unsound] === 0; j++) {
      const row = kernel.rows[j]!;
      from = this.followExits(s, at, from, from, row + 1);
      this.value(s, at, from, row + 1);
      from = row + 1;
      this.decide(at, params, j);
      if (from < rows) this.open(at, from);
    }
    from = this.followExits(s, at, from, from, rows);
    if (states[at + AT.unsound] === 0) this.value(s, at, from, rows);
  }

  /** Decided and filled on the same close. */
  private walkCloses(s: number, at: number, params: ParamSet, changes: number): void {
    const { states, kernel, rows } = this;
    const { close } = kernel.bars;
    let from = this.first;
    let walked = from;
    for (let j = 0; j < changes && states[at + AT.unsound] === 0; j++) {
      const row = kernel.rows[j]!;
      from = this.followExits(s, at, from, walked, row + 1);
      walked = row + 1;
      this.value(s, at, from, row);
      this.watchRow(at, row);
      from = row;
      states[at + AT.equity] = states[at + AT.cash]! + this.worth(at, close[row]!);
      this.decide(at, params, j);
      if (states[at + AT.side] !== 0) this.fill(at, close, row);
    }
    from = this.followExits(s, at, from, walked, rows);
    if (states[at + AT.unsound] === 0) this.value(s, at, from, rows);
  }

  /** Takes the j-th change of the target. What turns the position takes its exits back, and asks for those of the next. */
  private decide(at: number, params: ParamSet, j: number): void {
    const { states, kernel, trader, exits } = this;
    const { targets, bars } = kernel;
    const row = kernel.rows[j]!;
    const target = targets[j]!;
    const turns = exits !== undefined && states[at + AT.quantity]! * target <= 0;
    if (turns && target !== 0 && !this.asks(at, params, row)) return;
    trader.decide(at, targets, j, bars.close, row);
    if (turns && states[at + AT.side] !== 0) exits.withdraw(at);
  }

  /** What the strategy throws is told by the engine's own parts. */
  private asks(at: number, params: ParamSet, row: number): boolean {
    try {
      this.exits!.ask(at, params, row);
      return true;
    } catch {
      this.states[at + AT.unsound] = 1;
      return false;
    }
  }

  /** What the strategy throws is met again on the general path, if it is asked there. */
  private asksAll(at: number, params: ParamSet, changes: number): boolean {
    try {
      this.exits?.askAll(at, params, changes);
      return true;
    } catch {
      return false;
    }
  }

  /** The order that waits meets the open of a row, unless the market gaps through an exit there: that comes first, and ends it. */
  private open(at: number, row: number): void {
    const { states, exits } = this;
    if (states[at + AT.side] === 0) return;
    if (exits !== undefined && states[at + AT.guarded] !== 0 && exits.gaps(at, row)) states[at + AT.side] = 0;
    else {
      this.holdsAt(at, this.kernel.bars.open, row);
      this.fill(at, this.kernel.bars.open, row);
    }
  }

  private fill(at: number, prices: Float64Array, row: number): void {
    const { states, trader, exits } = this;
    trader.fill(at, prices, row);
    if (exits === undefined || states[at + AT.guarded] !== 0 || states[at + AT.quantity] === 0) return;
    if (!exits.place(at, trader.price, prices, row)) states[at + AT.unsound] = 1;
  }

  /**
   * The position is valued up to the first bar of [walked, until) on which an exit closes it. Returns the row from which it
   * is not valued yet.
   */
  private followExits(s: number, at: number, from: number, walked: number, until: number): number {
    const { states, exits } = this;
    if (exits === undefined || states[at + AT.guarded] === 0 || states[at + AT.unsound] === 1) return from;
    const row = exits.find(at, walked, until);
    if (row === until) return from;
    this.value(s, at, from, row);
    this.watchRow(at, row);
    this.trader.exit(at, exits.reference, exits.makes);
    return row;
  }

  private worth(at: number, price: number): number {
    const quantity = this.states[at + AT.quantity]!;
    return quantity === 0 ? 0 : quantity * this.multiplier * price;
  }

  /** The position of the set over rows [from, to). */
  private value(s: number, at: number, from: number, to: number): void {
    if (from >= to) return;
    const { states, options } = this;
    const quantity = states[at + AT.quantity]!;
    const units = quantity * this.multiplier;
    if (quantity !== 0 && this.margin) this.watch(at, units, from, to);
    if (options.returns !== undefined) this.writeReturns(s, at, units, from, to);
    if (!options.intraday) {
      this.runs.add(states, at, this.multiplier, from, to);
      // The return of the next row is measured from here.
      if (options.returns !== undefined) this.runs.value(at, options.sums.shape);
      return;
    }
    this.endDays(at, units, from, to);
    followRun(states, at, this.multiplier, from, to);
  }

  /** First day of the window that ends at or after a row. */
  private dayFrom(row: number): number {
    let low = 0;
    let high = this.days;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.dayEnds[middle]! < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private endDays(at: number, units: number, from: number, to: number): void {
    const { states, dayEnds } = this;
    const { close } = this.kernel.bars;
    const cash = states[at + AT.cash]!;
    for (let day = this.dayFrom(from); day < this.days && dayEnds[day]! < to; day++) {
      states[at + AT.equity] = cash + units * close[dayEnds[day]!]!;
      endPeriod(states, at);
    }
  }

  /** As `writeReturns` of a finished curve, before the power sums move on. */
  private writeReturns(s: number, at: number, units: number, from: number, to: number): void {
    const { states, dayEnds, options } = this;
    const { close } = this.kernel.bars;
    const { values, width, places } = options.returns!;
    const cash = states[at + AT.cash]!;
    let before = states[at + AT.before]!;
    for (let day = this.dayFrom(from); day < this.days && dayEnds[day]! < to; day++) {
      const equity = units === 0 ? cash : cash + units * close[dayEnds[day]!]!;
      values[places[s]! * width + this.periodsBefore + day] = equity / before - 1;
      before = equity;
    }
  }

  /** No margin call lies in rows [from, to), however their prices moved. */
  private watch(at: number, units: number, from: number, to: number): void {
    const { extremes } = this.options;
    if (extremes !== undefined && this.holds(at, units, units > 0 ? extremes.lowest : extremes.highest)) return;
    if (Number.isNaN(this.lowest)) this.findExtremes();
    if (this.holds(at, units, units > 0 ? this.lowest : this.highest)) return;
    for (let row = from; row < to; row++) this.watchRow(at, row);
  }

  private watchRow(at: number, row: number): void {
    const { open, high, low, close } = this.kernel.bars;
    const units = this.states[at + AT.quantity]! * this.multiplier;
    if (units === 0 || !this.margin) return;
    this.bringReached();
    const price =
      units > 0
        ? least(open[row]!, low[row]!, open[row]!, close[row]!)
        : most(open[row]!, high[row]!, open[row]!, close[row]!);
    if (!this.holds(at, units, price)) this.states[at + AT.unsound] = 1;
  }

  private holdsAt(at: number, prices: Float64Array, row: number): void {
    const units = this.states[at + AT.quantity]! * this.multiplier;
    if (units !== 0 && this.margin && !this.holds(at, units, prices[row]!)) this.states[at + AT.unsound] = 1;
  }

  /** The account meets its maintenance at that price, and not only just. */
  private holds(at: number, units: number, price: number): boolean {
    const worth = units * price;
    return this.states[at + AT.cash]! + worth - this.maintenance * Math.abs(worth) > NEAR_CALL * Math.abs(worth);
  }
}
