/** Calls a strategy's handlers with the context pointed at what they are about; what they throw is reported with instrument and time. */
import type { Block, Instrument, VenueReport } from '../model/index.ts';
import type { Strategy } from '../strategy/index.ts';
import type { ContextHost } from './context.ts';
import type { OrderState } from './order-state.ts';
import { strategyError } from './strategy-error.ts';

export type HandlerOptions = {
  readonly strategy: Strategy;
  readonly context: ContextHost;
  readonly instruments: readonly Instrument[];
  readonly clock: Float64Array;
};

export class Handlers {
  readonly hasOnBar: boolean;
  /** A handler may look at any instant's signals. */
  readonly watch: boolean;
  started = false;
  private readonly strategy: Strategy;
  private readonly context: ContextHost;
  private readonly instruments: readonly Instrument[];
  private readonly clock: Float64Array;
  private readonly hearsOrders: boolean;

  constructor({ strategy, context, instruments, clock }: HandlerOptions) {
    this.strategy = strategy;
    this.context = context;
    this.instruments = instruments;
    this.clock = clock;
    this.hasOnBar = strategy.onBar !== undefined;
    this.hearsOrders = strategy.onFill !== undefined || strategy.onOrder !== undefined;
    this.watch = this.hasOnBar || this.hearsOrders || strategy.onTimer !== undefined;
  }

  start(): void {
    this.started = true;
    if (this.strategy.onStart === undefined) return;
    this.context.lookAt(0);
    this.guarded(0, () => this.strategy.onStart?.(this.context.facade));
  }

  end(): void {
    if (this.strategy.onEnd === undefined || !this.started) return;
    this.context.lookAt(0);
    this.guarded(0, () => this.strategy.onEnd?.(this.context.facade));
  }

  fireTimers(): void {
    this.guarded(0, () => this.context.fireTimers((tag) => this.strategy.onTimer?.(this.context.facade, tag)));
  }

  /** Rows order[from..to) of the block, one instant. */
  onBars(block: Block, from: number, to: number): void {
    const { strategy, context } = this;
    const ctx = context.facade;
    let k = from;
    try {
      for (; k < to; k++) {
        const row = block.order[k]!;
        context.moveTo(block.instrument[row]!, row, k);
        strategy.onBar!(ctx);
      }
    } catch (cause) {
      const row = block.order[k]!;
      throw this.fault(cause, block.instrument[row]!, block.time[row]!);
    }
  }

  /** Rows [from, to) of a block of the only instrument, instant by instant, until the strategy wants something; returns the row after the last. */
  onBarsAlone(block: Block, from: number, to: number): number {
    const { strategy, context } = this;
    const ctx = context.facade;
    let row = from;
    context.moveTo(0, row, row);
    ctx.asked = false;
    try {
      do {
        ctx.advance(row);
        strategy.onBar!(ctx);
        row++;
      } while (row < to && !ctx.asked);
    } catch (cause) {
      ctx.lookUp();
      throw this.fault(cause, 0, block.time[row]!);
    }
    return row;
  }

  /** Lets the strategy know what became of an order, if it wants to. */
  tell(state: OrderState, report: VenueReport): void {
    if (!this.hearsOrders) return;
    const { strategy, context } = this;
    const { facade } = context;
    const { id, instrument, side } = state.order;
    const about = {
      order: id,
      symbol: this.instruments[instrument]!.symbol,
      time: report.time,
      tag: state.request.tag ?? '',
    };
    context.lookAt(instrument);
    if (report.kind === 'filled' && strategy.onFill !== undefined) {
      const { quantity, price, fee } = report;
      const fill = { ...about, side, quantity: Math.abs(quantity), price, fee };
      this.guarded(instrument, () => strategy.onFill?.(facade, fill));
      context.lookAt(instrument);
    }
    const event = { ...about, status: state.status, reason: state.reason };
    this.guarded(instrument, () => strategy.onOrder?.(facade, event));
  }

  private guarded(instrument: number, work: () => void): void {
    try {
      work();
    } catch (cause) {
      throw this.fault(cause, instrument);
    }
  }

  /** @param time of the bar it was about, or of what happened */
  private fault(cause: unknown, instrument: number, time = this.clock[0]!): Error {
    return strategyError(cause, this.strategy.name, this.instruments[instrument]!.symbol, time);
  }
}
