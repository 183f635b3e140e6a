/** The engine core: events in, commands out. It never awaits, reads no clock, does no I/O; drivers feed it and carry out what it wants. */
import type { VenueCommand } from '../execution/index.ts';
import { bars as barExprs } from '../indicators/index.ts';
import type { Block, CorporateAction, FillRecord, Instrument, VenueReport } from '../model/index.ts';
import { createAccount, createTradeBook, TOTAL } from '../portfolio/index.ts';
import { createRiskGate, type RiskState } from '../risk/index.ts';
import type { ParamSpecs, ParamValues, Strategy } from '../strategy/index.ts';
import type { RunConfig } from './config.ts';
import { createContext } from './context.ts';
import { createMarket } from './market.ts';
import { createOrderDesk, type OrderState } from './orders.ts';
import { createRecorder } from './recorder.ts';
import type { EngineResult, LogEntry } from './result.ts';
import { createRowView } from './row-view.ts';
import { createSizer } from './sizer.ts';
import { strategyError } from './strategy-error.ts';
import { createTargets } from './targets.ts';

export type EngineOptions = {
  readonly strategy: Strategy;
  readonly params: ParamValues<ParamSpecs>;
  readonly instruments: readonly Instrument[];
  readonly config: RunConfig;
  /** Instants expected, to make room at once. */
  readonly expected?: number;
};

export interface Engine {
  /** The rows of the coming instants; computes their signals. */
  load(block: Block): void;
  /** Rows order[from..to) of the loaded block have completed: mark, value, decide. */
  instant(from: number, to: number): void;
  report(report: VenueReport): void;
  corporateAction(action: CorporateAction): void;
  /** Commands made since the last call. */
  drain(): readonly VenueCommand[];
  /** True once a risk rule ended the run. */
  readonly stopped: boolean;
  /** Marks the result as ended early for this reason. */
  interrupt(reason: string): void;
  finish(ambiguousBars: number): EngineResult;
}

export function createEngine(options: EngineOptions): Engine {
  const { strategy, params, instruments, config } = options;
  const account = createAccount(config.account, instruments);
  const gate = createRiskGate(config.risk, account);
  const trades = createTradeBook(instruments);
  const recorder = createRecorder(options.expected ?? 0);
  const sizer = createSizer(config);
  const expressions = strategy.signals?.(barExprs, params) ?? {};
  const universe = strategy.universe?.(barExprs, params);
  const market = createMarket({
    instruments,
    signals: Object.values(expressions),
    hidden: sizer.signals,
    ...(universe === undefined ? {} : { universe }),
  });
  const view = createRowView(Object.keys(expressions), market.columns);
  const log: LogEntry[] = [];
  const fills: FillRecord[] = [];
  const symbolIndex = new Map(instruments.map((instrument, i) => [instrument.symbol, i]));
  /** [now]: kept in an array so that passing the time along never boxes it. */
  const clock = new Float64Array(1).fill(Number.NaN);
  const startOfTrading = config.start;
  let bars = 0;
  let started = false;
  let ended = '';
  let stopping = false;
  let riskState: RiskState = 'none';

  const write = (level: LogEntry['level'], source: LogEntry['source'], symbol: string, message: string): void => {
    log.push({ time: clock[0]!, level, source, symbol, message });
  };

  const desk = createOrderDesk({
    instruments,
    account,
    gate,
    onRisk: (state, message) => {
      const { order } = state;
      write(
        state.status === 'rejected' ? 'warn' : 'info',
        'risk',
        instruments[order.instrument]!.symbol,
        `order ${order.id} ${state.status === 'rejected' ? 'refused' : 'cut'}: ${message}`,
      );
    },
  });
  const targets = createTargets({
    strategy,
    params,
    instruments,
    account,
    desk,
    market,
    sizer,
    clock,
    view,
    signals: Object.keys(expressions).length,
  });
  const context = createContext({
    params,
    instruments,
    symbolIndex,
    account,
    desk,
    market,
    targets,
    clock,
    view,
    write,
  });
  const ctx = context.facade;

  /** Runs strategy code; what it throws is reported with instrument and time. */
  const guarded = (instrument: number, work: () => void): void => {
    try {
      work();
    } catch (cause) {
      throw strategyError(cause, strategy.name, instruments[instrument]!.symbol, clock[0]!);
    }
  };

  const flatten = (): void => {
    for (let i = 0; i < instruments.length; i++) desk.cancelAll(i);
    for (let k = 0; k < account.openCount; k++) {
      const i = account.open[k]!;
      const quantity = account.quantity[i]!;
      desk.submit(
        {
          kind: 'market',
          side: quantity > 0 ? 'sell' : 'buy',
          quantity: Math.abs(quantity),
          reduceOnly: true,
          tag: 'risk',
        },
        i,
        clock[0]!,
      );
    }
    targets.forget();
  };

  const watch = (): void => {
    const state = gate.observe(account.totals, clock);
    if (state === riskState) return;
    riskState = state;
    if (state === 'none') {
      targets.renew();
      return write('info', 'risk', '', 'trading resumes');
    }
    write('warn', 'risk', '', `${gate.reason}: ${state}`);
    if (state === 'flatten' || state === 'stop') flatten();
    if (state === 'stop') {
      stopping = true;
      ended = gate.reason;
    }
  };

  const mark = (block: Block, from: number, to: number): void => {
    const { order, instrument, close } = block;
    for (let k = from; k < to; k++) {
      const row = order[k]!;
      const i = instrument[row]!;
      market.seen(i, row);
      const price = close[row]!;
      if (price !== price) continue;
      account.price[i] = price;
      if (account.quantity[i] !== 0) trades.mark(block, row);
    }
    bars += to - from;
  };

  const runHandlers = (block: Block, from: number, to: number): void => {
    const onBar = strategy.onBar;
    if (onBar === undefined) return;
    let k = from;
    try {
      for (; k < to; k++) {
        const row = block.order[k]!;
        context.moveTo(block.instrument[row]!, row);
        onBar(ctx);
      }
    } catch (cause) {
      throw strategyError(cause, strategy.name, instruments[block.instrument[block.order[k]!]!]!.symbol, clock[0]!);
    }
  };

  const tell = (instrument: number, state: OrderState | undefined, report: VenueReport): void => {
    if (state === undefined) return;
    if (report.kind === 'filled' && strategy.onFill !== undefined) {
      context.lookAt(instrument);
      const { quantity, price, fee, time } = report;
      const fill = {
        order: state.order.id,
        symbol: instruments[instrument]!.symbol,
        side: state.order.side,
        quantity: Math.abs(quantity),
        price,
        fee,
        time,
        tag: state.request.tag ?? '',
      };
      guarded(instrument, () => strategy.onFill?.(ctx, fill));
    }
    if (strategy.onOrder !== undefined) {
      context.lookAt(instrument);
      const event = {
        order: state.order.id,
        symbol: instruments[instrument]!.symbol,
        status: state.status,
        reason: state.reason,
        time: report.time,
        tag: state.request.tag ?? '',
      };
      guarded(instrument, () => strategy.onOrder?.(ctx, event));
    }
  };

  const onFill = (report: Extract<VenueReport, { kind: 'filled' }>): void => {
    const { instrument, quantity, price, fee, slippage, time } = report;
    const state = desk.state(report.order);
    const tag = state === undefined ? 'margin call' : (state.request.tag ?? '');
    account.applyFill(instrument, quantity, price, fee, slippage);
    account.value();
    recorder.amend(clock, account);
    trades.fill(instrument, quantity, price, fee, time, tag);
    fills.push({
      id: fills.length + 1,
      order: report.order,
      symbol: instruments[instrument]!.symbol,
      side: quantity > 0 ? 'buy' : 'sell',
      time,
      quantity: Math.abs(quantity),
      price,
      fee,
      slippage,
      liquidity: report.liquidity,
    });
  };

  const start = (): void => {
    started = true;
    if (strategy.onStart === undefined) return;
    context.lookAt(0);
    guarded(0, () => strategy.onStart?.(ctx));
  };

  return {
    load: market.load,
    instant: (from, to) => {
      const block = market.block;
      clock[0] = block.at[block.order[from]!]!;
      mark(block, from, to);
      if (clock[0]! <= startOfTrading) return;
      if (!started) start();
      account.value();
      recorder.record(clock, account);
      watch();
      if (stopping) return;
      if (context.timers > 0) guarded(0, () => context.fireTimers((tag) => strategy.onTimer?.(ctx, tag)));
      if (riskState !== 'flatten') targets.decide(from, to);
      runHandlers(block, from, to);
    },
    report: (report) => {
      clock[0] = report.time;
      switch (report.kind) {
        case 'charged':
          account.charge(report.charge, report.amount);
          if (report.instrument >= 0) trades.charge(report.instrument, report.amount);
          return;
        case 'margin-call':
          write(
            'warn',
            'venue',
            '',
            `margin call: equity ${report.equity.toFixed(2)} is below the ${report.required.toFixed(2)} required; positions are closed`,
          );
          return;
        case 'filled':
          onFill(report);
          tell(report.instrument, desk.report(report), report);
          return;
        default: {
          const state = desk.report(report);
          if (state === undefined) return;
          if (report.kind === 'rejected')
            write(
              'warn',
              'venue',
              instruments[state.order.instrument]!.symbol,
              `order ${state.order.id} rejected: ${report.reason}`,
            );
          tell(state.order.instrument, state, report);
        }
      }
    },
    corporateAction: (action) => {
      const i = symbolIndex.get(action.symbol);
      if (i === undefined || action.kind !== 'split') return; // a dividend arrives as the venue's charge
      account.split(i, action.ratio);
      trades.split(i, action.ratio);
    },
    drain: desk.drain,
    get stopped() {
      return stopping && account.openCount === 0;
    },
    interrupt: (reason) => {
      ended = reason;
    },
    finish: (ambiguousBars) => {
      if (strategy.onEnd !== undefined && started) {
        context.lookAt(0);
        guarded(0, () => strategy.onEnd?.(ctx));
      }
      account.value();
      const totals = account.totals;
      return {
        equity: recorder.curve(),
        orders: desk.records(),
        fills,
        trades: trades.records(account.price),
        log,
        totals: {
          initial: config.account.cash,
          final: totals[TOTAL.equity]!,
          realised: totals[TOTAL.realised]!,
          unrealised: totals[TOTAL.unrealised]!,
          fees: totals[TOTAL.fees]!,
          slippage: totals[TOTAL.slippage]!,
          borrow: totals[TOTAL.borrow]!,
          interest: totals[TOTAL.interest]!,
          funding: totals[TOTAL.funding]!,
          dividends: totals[TOTAL.dividends]!,
        },
        bars,
        instants: recorder.length,
        ambiguousBars,
        ended: ended === '' ? 'finished' : ended,
      };
    },
  };
}
