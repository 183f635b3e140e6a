/** Exits of one set in one instrument: where they stand, and the first bar that one of them trades on. The rules are those of the simulated venue's walk along a bar. */
import { checkExits, type RunConfig } from '../engine/index.ts';
import { lowComesFirst } from '../execution/index.ts';
import type { Instrument } from '../model/index.ts';
import { roundPrice } from '../portfolio/index.ts';
import { ASKED, levelOf, writeExits, writeUnasked } from './asked-exits.ts';
import { AT } from './single-state.ts';
import type { ParamSet } from './sweep.ts';
import type { TargetKernel } from './target-kernel.ts';
import { WINDOW, windowMemory } from './window-memory.ts';

export type SingleExitsOptions = {
  readonly instrument: Instrument;
  readonly config: RunConfig;
  readonly closeOnly: boolean;
  readonly states: Float64Array;
};

/** A trailing stop this near to its best price may act where it is placed: the venue tells. */
export const NEAR = 1e-9;

/** Prices as the side that is held sees them: a short position sees all of them negative, so that its stop too lies below. */
type Side = {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
};

export class SingleExits {
  /** [price] at which the exit found stands */
  readonly reference = new Float64Array(1);
  /** The exit found is the take-profit, which makes. */
  makes = false;
  private readonly options: SingleExitsOptions;
  private readonly mirror: Side = {
    open: new Float64Array(WINDOW),
    high: new Float64Array(WINDOW),
    low: new Float64Array(WINDOW),
    close: new Float64Array(WINDOW),
  };
  private kernel!: TargetKernel;

  constructor(options: SingleExitsOptions) {
    this.options = options;
  }

  /**
   * Takes rows [from, to) of the kernel's bars. False where a bar does not lie between its extremes, as the walk assumes, or
   * has any although only closes are known.
   */
  enter(kernel: TargetKernel, from: number, to: number): boolean {
    const { open, high, low, close } = kernel.bars;
    const { mirror, options } = this;
    this.kernel = kernel;
    for (let k = from; k < to; k++) {
      const o = open[k]!;
      const c = close[k]!;
      if (!(low[k]! <= o && low[k]! <= c && high[k]! >= o && high[k]! >= c)) return false;
      if (options.closeOnly && low[k] !== high[k]) return false;
      mirror.open[k] = -o;
      mirror.high[k] = -low[k]!;
      mirror.low[k] = -high[k]!;
      mirror.close[k] = -c;
    }
    return true;
  }

  /** Asks the strategy for the exits of what it opens at a row. @throws what the strategy throws, and SigmaError */
  ask(at: number, params: ParamSet, row: number): void {
    this.write(this.options.states, at + AT.asked, params, row);
  }

  private write(into: Float64Array, at: number, params: ParamSet, row: number): void {
    writeExits(into, at, checkExits(this.kernel.exits(params, row)));
  }

  /**
   * Asks before the set has passed over the window for the exits of every change of the target to another side: they go to the
   * memory. @throws as `ask`, also of a row that opens nothing
   */
  askAll(at: number, params: ParamSet, changes: number): void {
    const { kernel, options } = this;
    const { exits } = windowMemory();
    let before = options.states[at + AT.target]!;
    for (let j = 0; j < changes; j++) {
      const target = kernel.targets[j]!;
      if (target !== 0 && before * target <= 0) this.write(exits, ASKED.count * j, params, kernel.rows[j]!);
      else writeUnasked(exits, ASKED.count * j);
      before = target;
    }
  }

  /** The exits that stood are taken back. */
  withdraw(at: number): void {
    this.options.states[at + AT.guarded] = 0;
  }

  /** Places the exits of an order that has just filled at `price` while the market stood at `prices[row]`. False when only the venue can tell. */
  place(at: number, price: number, prices: Float64Array, row: number): boolean {
    const { states: S, instrument } = this.options;
    const asked = at + AT.asked;
    const side = S[at + AT.quantity]! > 0 ? 1 : -1;
    const closing = side > 0 ? 'sell' : 'buy';
    const reference = prices[row]!;
    const level = (size: number, kind: number, direction: number): number => {
      const raw = levelOf(S[asked + size]!, S[asked + kind]!, price, direction);
      return raw > 0 ? roundPrice(instrument, raw, closing) : Number.NaN;
    };
    const stop = level(ASKED.stop, ASKED.stopKind, -side);
    const take = level(ASKED.take, ASKED.takeKind, side);
    const trailPrice = S[asked + ASKED.trailPrice]!;
    const trailFraction = S[asked + ASKED.trailFraction]!;
    if (stop <= 0 || take <= 0) return false;
    S[at + AT.guarded] = side;
    S[at + AT.stop] = Number.isNaN(stop) ? Number.NEGATIVE_INFINITY : side * stop;
    S[at + AT.take] = Number.isNaN(take) ? Number.POSITIVE_INFINITY : side * take;
    S[at + AT.best] = Number.POSITIVE_INFINITY;
    S[at + AT.trail] = Number.NEGATIVE_INFINITY;
    S[at + AT.trailPrice] = trailPrice;
    S[at + AT.trailFraction] = trailFraction;
    if (!Number.isNaN(trailPrice) || !Number.isNaN(trailFraction)) {
      if (!((Number.isNaN(trailFraction) ? trailPrice / reference : trailFraction) > NEAR)) return false;
      S[at + AT.best] = side * reference;
      S[at + AT.trail] = this.trailLevel(at, side * reference);
    }
    const here = side * reference;
    return S[at + AT.stop]! < here && S[at + AT.trail]! < here && S[at + AT.take]! > here;
  }

  /** The market gaps through an exit at the open of a row. */
  gaps(at: number, row: number): boolean {
    const { states: S } = this.options;
    const here = this.sideOf(at).open[row]!;
    return here <= S[at + AT.stop]! || here <= S[at + AT.trail]! || here >= S[at + AT.take]!;
  }

  /** First row of [from, to) on which an exit trades, `to` without one; trailing stops have then followed the market. */
  find(at: number, from: number, to: number): number {
    const { states: S } = this.options;
    const { low, high } = this.sideOf(at);
    const stop = S[at + AT.stop]!;
    const take = S[at + AT.take]!;
    const fraction = S[at + AT.trailFraction]!;
    const price = S[at + AT.trailPrice]!;
    const byPrice = Number.isNaN(fraction);
    let best = S[at + AT.best]!;
    let trail = S[at + AT.trail]!;
    let floor = Math.max(stop, trail);
    for (let row = from; row < to; row++) {
      const lowest = low[row]!;
      const highest = high[row]!;
      if (lowest > floor && highest < take) {
        if (highest <= best) continue;
        const raised = highest - (byPrice ? price : Math.abs(highest) * fraction);
        if (lowest > raised) {
          best = highest;
          trail = raised;
          if (trail > floor) floor = trail;
          continue;
        }
      }
      S[at + AT.best] = best;
      S[at + AT.trail] = trail;
      if (this.walk(at, row)) return row;
      best = S[at + AT.best]!;
      trail = S[at + AT.trail]!;
      floor = Math.max(stop, trail);
    }
    S[at + AT.best] = best;
    S[at + AT.trail] = trail;
    return to;
  }

  /** Along one bar, as the venue goes. True when an exit trades. */
  private walk(at: number, row: number): boolean {
    const { states: S, config } = this.options;
    const side = S[at + AT.guarded]!;
    const { open, high, low, close } = this.sideOf(at);
    const take = S[at + AT.take]!;
    let here = open[row]!;
    if (this.gaps(at, row)) return this.found(side * here, here >= take);
    this.follow(at, here);
    const { bars } = this.kernel;
    const lowFirst = lowComesFirst(config.execution.path, side, bars.open[row]!, bars.high[row]!, bars.low[row]!);
    const worstFirst = lowFirst === side > 0;
    for (let leg = 0; leg < 3; leg++) {
      const to = leg === 2 ? close[row]! : (leg === 0) === worstFirst ? low[row]! : high[row]!;
      const floor = Math.max(S[at + AT.stop]!, S[at + AT.trail]!);
      if (to < here ? floor >= to : take <= to) return this.found(side * (to < here ? floor : take), !(to < here));
      here = to;
      this.follow(at, here);
    }
    return false;
  }

  private found(reference: number, makes: boolean): boolean {
    this.reference[0] = reference;
    this.makes = makes;
    return true;
  }

  private follow(at: number, price: number): void {
    const { states: S } = this.options;
    if (!(price > S[at + AT.best]!)) return;
    S[at + AT.best] = price;
    S[at + AT.trail] = this.trailLevel(at, price);
  }

  /** Where the stop stands when `best` was the best price, as the side sees it. */
  private trailLevel(at: number, best: number): number {
    const { states: S } = this.options;
    const fraction = S[at + AT.trailFraction]!;
    return best - (Number.isNaN(fraction) ? S[at + AT.trailPrice]! : Math.abs(best) * fraction);
  }

  private sideOf(at: number): Side {
    return this.options.states[at + AT.guarded]! > 0 ? this.kernel.bars : this.mirror;
  }
}
