/** Targets become orders: asks the strategy for each instrument's target, shares the equity among them, and orders the difference to what is held. */
import { SigmaError } from '../core/index.ts';
import type { Instrument } from '../model/index.ts';
import { type Account, TOTAL } from '../portfolio/index.ts';
import type { ParamSpecs, ParamValues, Strategy } from '../strategy/index.ts';
import { periodOf } from './calendar.ts';
import type { Market } from './market.ts';
import type { OrderDesk } from './orders.ts';
import type { RowView } from './row-view.ts';
import type { Sizer } from './sizer.ts';
import { strategyError } from './strategy-error.ts';

export type TargetOptions = {
  readonly strategy: Strategy;
  readonly params: ParamValues<ParamSpecs>;
  readonly instruments: readonly Instrument[];
  readonly account: Account;
  readonly desk: OrderDesk;
  readonly market: Market;
  readonly sizer: Sizer;
  readonly clock: Float64Array;
  readonly view: RowView;
  /** How many of the market's signals are the strategy's own. */
  readonly signals: number;
};

export interface Targets {
  /** Asks for targets at rows order[from..to) and orders what changed. */
  decide(from: number, to: number): void;
  /** Orders the difference to one instrument's weight now. */
  set(instrument: number, weight: number): void;
  /** Everything was closed by force: the next targets start from nothing held. */
  forget(): void;
  /** Trading resumes: targets that were refused meanwhile are ordered anew, although they did not change. */
  renew(): void;
}

export function createTargets(options: TargetOptions): Targets {
  const { strategy, params, instruments, account, desk, market, sizer, clock, view } = options;
  const allocation = strategy.allocation ?? 'slots';
  const rebalance = strategy.rebalance ?? 'change';
  const count = instruments.length;
  /** The strategy's last target, and the weight ordered for it. */
  const held = new Float64Array(count);
  const weights = new Float64Array(count);
  /** Instruments to order at this instant and the signed quantities they lack. */
  const due = new Int32Array(count);
  const lacking = new Float64Array(count);
  let period = Number.NaN;
  const signalCount = options.signals;

  const share = (members: number): number => (allocation === 'slots' ? 1 / Math.max(1, members) : 1);

  /** Signed quantity between what is held or on its way and the weight; NaN while sizing is not warm. */
  const difference = (i: number, weight: number, slot: number): number => {
    const price = account.price[i]!;
    const equity = account.totals[TOTAL.equity]! * slot;
    const wanted =
      weight === 0 ? 0 : sizer.quantity(weight, equity, price, instruments[i]!, (k) => market.hidden(k, i));
    return wanted - account.quantity[i]! - desk.pending[i]!;
  };

  const order = (i: number, quantity: number): void => {
    if (quantity !== 0)
      desk.submit({ kind: 'market', side: quantity > 0 ? 'buy' : 'sell', quantity: Math.abs(quantity) }, i, clock[0]!);
  };

  const ask = (i: number, row: number): number => {
    view.columns = market.columns;
    view.index = row;
    view.symbol = instruments[i]!.symbol;
    const signals = market.columns.signals;
    for (let k = 0; k < signalCount; k++) {
      const value = signals[k]![row]!;
      if (value !== value) return held[i]!;
    }
    const target = strategy.target!(view as never, params, held[i]!);
    if (!Number.isFinite(target)) {
      throw new SigmaError('strategy/bad-target', `the target is ${target}`, {
        hint: 'return a finite number: 1 is fully long, 0 flat, -1 fully short',
      });
    }
    return target;
  };

  const decide = (from: number, to: number): void => {
    const block = market.block;
    const { member } = market;
    let members = 0;
    for (let k = from; k < to; k++) members += member[block.order[k]!]!;
    view.universe = members;
    let gross = 0;
    let k = from;
    try {
      for (; k < to; k++) {
        const row = block.order[k]!;
        const i = block.instrument[row]!;
        held[i] =
          member[row] === 1 && block.close[row]! === block.close[row]! ? ask(i, row) : member[row] === 1 ? held[i]! : 0;
      }
    } catch (cause) {
      const symbol = instruments[block.instrument[block.order[k]!]!]!.symbol;
      throw strategyError(cause, strategy.name, symbol, clock[0]!);
    }
    if (allocation === 'normalised') for (let i = 0; i < count; i++) gross += Math.abs(held[i]!);
    const slot = share(strategy.universe === undefined ? count : members);
    let reducing = 0;
    let orders = 0;
    for (k = from; k < to; k++) {
      const row = block.order[k]!;
      const i = block.instrument[row]!;
      const weight = allocation === 'normalised' ? (gross > 0 ? held[i]! / gross : 0) : held[i]!;
      if (rebalance === 'change' && weight === weights[i]) continue;
      const quantity = difference(i, weight, slot);
      if (Number.isNaN(quantity)) continue;
      weights[i] = weight;
      lacking[i] = quantity;
      // Reducing orders go first, so that what they free can be used by the others.
      const reduces = quantity * account.quantity[i]! < 0;
      due[orders++] = i;
      if (reduces) {
        due[orders - 1] = due[reducing]!;
        due[reducing++] = i;
      }
    }
    for (let j = 0; j < orders; j++) order(due[j]!, lacking[due[j]!]!);
  };

  return {
    decide: (from, to) => {
      if (strategy.target === undefined) return;
      const current = periodOf(rebalance, clock[0]!);
      if (current === period) return;
      period = current;
      decide(from, to);
    },
    set: (instrument, weight) => {
      if (!Number.isFinite(weight))
        throw new SigmaError('strategy/bad-target', `the target is ${weight}`, { hint: 'give a finite number' });
      held[instrument] = weight;
      const quantity = difference(instrument, weight, share(count));
      if (!Number.isNaN(quantity)) order(instrument, quantity);
    },
    forget: () => {
      held.fill(0);
      weights.fill(Number.NaN);
    },
    renew: () => {
      weights.fill(Number.NaN);
    },
  };
}
