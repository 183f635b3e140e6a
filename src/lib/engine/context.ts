/** The context handlers get: one reused object over the engine's state. */
import { SigmaError } from '../core/index.ts';
import type { Instrument } from '../model/index.ts';
import { type Account, TOTAL } from '../portfolio/index.ts';
import type { Context, OpenOrder, ParamSpecs, ParamValues, PositionView, Signals } from '../strategy/index.ts';
import type { Market } from './market.ts';
import type { OrderDesk, OrderState } from './orders.ts';
import type { LogEntry } from './result.ts';
import type { RowView } from './row-view.ts';
import type { Targets } from './targets.ts';

export type ContextOptions = {
  readonly params: ParamValues<ParamSpecs>;
  readonly instruments: readonly Instrument[];
  readonly symbolIndex: ReadonlyMap<string, number>;
  readonly account: Account;
  readonly desk: OrderDesk;
  readonly market: Market;
  readonly targets: Targets;
  readonly clock: Float64Array;
  readonly view: RowView;
  readonly write: (level: LogEntry['level'], source: LogEntry['source'], symbol: string, message: string) => void;
};

export interface ContextHost {
  readonly facade: Context<ParamSpecs, Signals>;
  /** Points the context at a row of the current block. */
  moveTo(instrument: number, row: number): void;
  /** Points the context at the instrument's latest row, wherever it is kept. */
  lookAt(instrument: number): void;
  /** Timers that wait. */
  readonly timers: number;
  fireTimers(call: (tag: string) => void): void;
}

export function createContext(options: ContextOptions): ContextHost {
  const { params, instruments, symbolIndex, account, desk, market, targets, clock, view, write } = options;
  const symbols = instruments.map((i) => i.symbol);
  let current = 0;
  let timers: { readonly time: number; readonly tag: string }[] = [];

  const indexOf = (symbol: string | undefined): number => {
    if (symbol === undefined) return current;
    const index = symbolIndex.get(symbol);
    if (index === undefined)
      throw new SigmaError('strategy/bad-order', `no instrument '${symbol}' in this run`, {
        hint: `the instruments are ${symbols.slice(0, 12).join(', ')}`,
      });
    return index;
  };

  const position = createPositionView(account);

  // A class with prototype getters: the optimiser sees one shape for every event.
  class Facade implements Context<ParamSpecs, Signals> {
    readonly params = params;
    readonly symbols = symbols;
    readonly bar = view;
    // The view has a getter for each signal of this strategy; the strategy's own type names them.
    readonly signals = view as unknown as Readonly<Record<string, number>>;
    get time(): number {
      return clock[0]!;
    }
    get symbol(): string {
      return symbols[current]!;
    }
    get equity(): number {
      return account.totals[TOTAL.equity]!;
    }
    get cash(): number {
      return account.totals[TOTAL.cash]!;
    }
    position(symbol?: string): PositionView {
      position.index = symbol === undefined ? current : indexOf(symbol);
      return position;
    }
    orders(symbol?: string): readonly OpenOrder[] {
      const open = desk.open(symbol === undefined ? current : indexOf(symbol));
      return open.length === 0 ? noOrders : open.map(openOrder);
    }
    submit(request: Parameters<Context['submit']>[0]): number {
      return desk.submit(request, indexOf(request.symbol), clock[0]!).order.id;
    }
    cancel(order: number): void {
      desk.cancel(order, 'by the strategy');
    }
    modify(order: number, change: Parameters<Context['modify']>[1]): void {
      desk.modify(order, change);
    }
    ocoGroup(): number {
      return desk.nextGroup();
    }
    target(weight: number, symbol?: string): void {
      targets.set(indexOf(symbol), weight);
    }
    log(message: string): void {
      write('info', 'strategy', symbols[current]!, message);
    }
    schedule(time: number, tag: string): void {
      timers.push({ time, tag });
    }
  }

  return {
    facade: new Facade(),
    moveTo: (instrument, row) => {
      current = instrument;
      view.columns = market.columns;
      view.index = row;
      view.symbol = symbols[instrument]!;
    },
    lookAt: (instrument) => {
      current = instrument;
      market.look(view, instrument);
    },
    get timers() {
      return timers.length;
    },
    fireTimers: (call) => {
      const now = clock[0]!;
      const due = timers.filter((t) => t.time <= now);
      if (due.length === 0) return;
      timers = timers.filter((t) => t.time > now);
      due.sort((a, b) => a.time - b.time);
      market.look(view, current);
      for (const timer of due) call(timer.tag);
    },
  };
}

const noOrders: readonly OpenOrder[] = [];

function openOrder(state: OrderState): OpenOrder {
  return {
    ...state.order,
    quantity: state.quantity,
    status: state.status,
    filled: state.filled,
    tag: state.request.tag ?? '',
  };
}

function createPositionView(account: Account): PositionView & { index: number } {
  class View implements PositionView {
    index = 0;
    get quantity(): number {
      return account.quantity[this.index]!;
    }
    get averagePrice(): number {
      return account.averagePrice[this.index]!;
    }
    get value(): number {
      const quantity = account.quantity[this.index]!;
      return quantity === 0 ? 0 : quantity * account.price[this.index]! * account.instruments[this.index]!.multiplier;
    }
    get unrealised(): number {
      const quantity = account.quantity[this.index]!;
      return quantity === 0
        ? 0
        : quantity *
            (account.price[this.index]! - account.averagePrice[this.index]!) *
            account.instruments[this.index]!.multiplier;
    }
  }
  return new View();
}
