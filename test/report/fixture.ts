/** A finished run made from seeded prices and a small bookkeeper of its own, so that reports are tested on consistent figures. */
import { createRng } from '../../src/lib/core/index.ts';
import type { RunTotals } from '../../src/lib/engine/index.ts';
import {
  type Bars,
  DAY,
  type FillRecord,
  fillRecords,
  HOUR,
  instrument,
  type LogEntry,
  logRecords,
  type OrderRecord,
  orderRecords,
  type TradeRecord,
  tradeRecords,
} from '../../src/lib/model/index.ts';
import type { RunView } from '../../src/lib/report/index.ts';
import { metricsOf } from './metrics-of.ts';

export type FixtureOptions = {
  readonly symbols?: readonly string[];
  readonly bars?: number;
  readonly seed?: number;
  readonly start?: number;
  readonly hourly?: boolean;
  readonly closeOnly?: boolean;
  readonly lookback?: number;
  readonly feeBps?: number;
  readonly slippageBps?: number;
  readonly drift?: number;
  readonly strategy?: string;
  readonly synthetic?: boolean;
  readonly tag?: string;
  readonly benchmark?: boolean;
};

type Open = {
  quantity: number;
  price: number;
  largest: number;
  entryTime: number;
  entryBar: number;
  fees: number;
  adverse: number;
  favourable: number;
};

/** Daily prices with fat tails and slow regimes; open, high and low around the close unless close-only. */
function priceBars(symbol: string, options: Required<FixtureOptions>, step: number): Bars {
  const rng = createRng(options.seed).fork(symbol);
  const n = options.bars;
  const column = (): Float64Array => new Float64Array(n);
  const bars = { time: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
  let close = 40 + rng.next() * 160;
  let regime = 1;
  for (let i = 0; i < n; i++) {
    if (rng.next() < 0.01) regime = -regime;
    const shock = rng.normal() * 0.014 * (rng.next() < 0.03 ? 3 : 1);
    const open = options.closeOnly ? close : close * (1 + rng.normal() * 0.003);
    const next = close * Math.exp(options.drift + regime * 0.0012 + shock);
    bars.time[i] = options.start + i * step;
    bars.close[i] = next;
    bars.open[i] = options.closeOnly ? next : open;
    bars.high[i] = options.closeOnly ? next : Math.max(open, next) * (1 + rng.next() * 0.006);
    bars.low[i] = options.closeOnly ? next : Math.min(open, next) * (1 - rng.next() * 0.006);
    bars.volume[i] = options.closeOnly ? Number.NaN : Math.round(1e6 * (1 + rng.next()));
    close = next;
  }
  return {
    ...bars,
    instrument: instrument(symbol, { kind: 'equity' }),
    timeframe: options.hourly ? '1h' : '1d',
    closeOnly: options.closeOnly,
  };
}

export function makeView(given: FixtureOptions = {}): RunView {
  const options: Required<FixtureOptions> = {
    symbols: ['AAPL', 'MSFT', 'XOM', 'JNJ', 'KO'],
    bars: 750,
    seed: 7,
    start: Date.UTC(2021, 0, 1),
    hourly: false,
    closeOnly: false,
    lookback: 40,
    feeBps: 5,
    slippageBps: 2,
    drift: 0.0002,
    strategy: 'momentum',
    synthetic: false,
    tag: '',
    benchmark: true,
    ...given,
  };
  const step = options.hourly ? HOUR : DAY;
  const all = options.symbols.map((symbol) => priceBars(symbol, options, step));
  const initial = 100_000;
  const n = options.bars;
  const equity = {
    time: new Float64Array(n),
    equity: new Float64Array(n),
    cash: new Float64Array(n),
    gross: new Float64Array(n),
    net: new Float64Array(n),
  };
  const fills: FillRecord[] = [];
  const orders: OrderRecord[] = [];
  const trades: TradeRecord[] = [];
  const log: LogEntry[] = [];
  const open: (Open | undefined)[] = all.map(() => undefined);
  const targets = all.map(() => 0);
  let cash = initial;
  let fees = 0;
  let slippage = 0;
  let realised = 0;

  const close = (bars: Bars, position: Open, time: number, price: number, bar: number, fee: number, done: boolean) => {
    const gross = position.quantity * (price - position.price);
    const paid = position.fees + fee;
    trades.push({
      id: trades.length + 1,
      symbol: bars.instrument.symbol,
      side: position.quantity > 0 ? 'long' : 'short',
      entryTime: position.entryTime,
      exitTime: done ? time : Number.NaN,
      entryPrice: position.price,
      exitPrice: price,
      quantity: position.largest,
      grossPnl: gross,
      fees: paid,
      borrow: 0,
      pnl: gross - paid,
      return: (gross - paid) / (position.largest * position.price),
      bars: bar - position.entryBar,
      adverse: position.adverse,
      favourable: position.favourable,
      tag: options.tag,
    });
  };

  const trade = (k: number, i: number, quantity: number): number => {
    const bars = all[k]!;
    const before = bars.open[i]!;
    const side = quantity > 0 ? 'buy' : 'sell';
    const price = before * (1 + Math.sign(quantity) * options.slippageBps * 1e-4);
    const fee = Math.abs(quantity) * price * options.feeBps * 1e-4;
    const slip = Math.abs(quantity) * Math.abs(price - before);
    const time = bars.time[i]!;
    cash -= quantity * price + fee;
    fees += fee;
    slippage += slip;
    const id = orders.length + 1;
    const symbol = bars.instrument.symbol;
    orders.push({
      id,
      symbol,
      side,
      kind: 'market',
      timeInForce: 'GTC',
      quantity: Math.abs(quantity),
      filled: Math.abs(quantity),
      averagePrice: price,
      price: Number.NaN,
      trigger: Number.NaN,
      status: 'filled',
      created: time,
      updated: time,
      parent: -1,
      ocoGroup: 0,
      reduceOnly: false,
      tag: options.tag,
      reason: '',
    });
    fills.push({
      id: fills.length + 1,
      order: id,
      symbol,
      side,
      time,
      quantity: Math.abs(quantity),
      price,
      fee,
      slippage: slip,
      liquidity: 'taker',
    });
    return price;
  };

  for (let i = 0; i < n; i++) {
    let net = 0;
    let gross = 0;
    for (let k = 0; k < all.length; k++) {
      const bars = all[k]!;
      const held = open[k];
      const wanted = targets[k]!;
      const side = held === undefined ? 0 : Math.sign(held.quantity);
      if (wanted !== side && i > 0) {
        if (held !== undefined) {
          const price = trade(k, i, -held.quantity);
          realised += held.quantity * (price - held.price);
          close(bars, held, bars.time[i]!, price, i, fills.at(-1)!.fee, true);
          open[k] = undefined;
        }
        if (wanted !== 0) {
          const quantity = wanted * Math.floor((equity.equity[i - 1]! / all.length) * (0.95 / bars.open[i]!));
          const price = trade(k, i, quantity);
          open[k] = {
            quantity,
            price,
            largest: Math.abs(quantity),
            entryTime: bars.time[i]!,
            entryBar: i,
            fees: fills.at(-1)!.fee,
            adverse: 0,
            favourable: 0,
          };
        }
      }
      const position = open[k];
      if (position !== undefined) {
        const s = Math.sign(position.quantity);
        const best = s > 0 ? bars.high[i]! : bars.low[i]!;
        const worst = s > 0 ? bars.low[i]! : bars.high[i]!;
        position.favourable = Math.max(position.favourable, s * (best / position.price - 1));
        position.adverse = Math.min(position.adverse, s * (worst / position.price - 1));
        net += position.quantity * bars.close[i]!;
        gross += Math.abs(position.quantity) * bars.close[i]!;
      }
      const past = bars.close[i - options.lookback];
      if (past !== undefined) targets[k] = bars.close[i]! > past * 1.02 ? 1 : bars.close[i]! < past * 0.92 ? -1 : 0;
    }
    equity.time[i] = all[0]!.time[i]! + step;
    equity.cash[i] = cash;
    equity.net[i] = net;
    equity.gross[i] = gross;
    equity.equity[i] = cash + net;
  }
  let unrealised = 0;
  for (const [k, position] of open.entries()) {
    if (position === undefined) continue;
    const bars = all[k]!;
    unrealised += position.quantity * (bars.close[n - 1]! - position.price);
    close(bars, position, Number.NaN, bars.close[n - 1]!, n - 1, 0, false);
  }
  log.push({
    time: options.start,
    level: 'info',
    source: 'strategy',
    symbol: options.symbols[0]!,
    message: 'signals are warm',
  });
  const totals: RunTotals = {
    initial,
    final: equity.equity[n - 1]!,
    realised,
    unrealised,
    fees,
    slippage,
    borrow: 0,
    interest: 0,
    funding: 0,
    dividends: 0,
  };
  const benchmark = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let mean = 0;
    for (const bars of all) mean += bars.close[i]! / bars.open[0]! / all.length;
    benchmark[i] = initial * mean;
  }
  const periodsPerYear = options.hourly ? 8766 : 365.2425;
  const result = {
    equity,
    orders: orderRecords(orders),
    fills: fillRecords(fills),
    trades: tradeRecords(trades),
    log: logRecords(log),
    totals,
    bars: n * all.length,
    instants: n,
    ambiguousBars: 0,
    ended: 'finished',
  };
  const base = {
    id: '9f2c1a7be0d4',
    strategy: options.strategy,
    description: 'Long when the price stands above its level some bars ago, short when well below.',
    params: { lookback: options.lookback, threshold: 0.02, short: true },
    dataset: {
      name: options.synthetic ? 'synthetic-crypto' : 'us-equities',
      title: options.synthetic ? 'Synthetic hourly crypto market' : '20 large US stocks, daily',
      synthetic: options.synthetic,
      hindsight: false,
      closeOnly: options.closeOnly,
      timeframe: options.hourly ? '1h' : '1d',
      licence: options.synthetic ? 'CC0-1.0' : 'BSD-3-Clause',
      symbols: options.symbols,
    },
    settings: [
      ['Initial cash', '100,000 USD'],
      ['Fees', `taker ${options.feeBps} bps`],
      ['Slippage', `${options.slippageBps} bps`],
      ['Fill', 'next open'],
      ['Path', 'pessimistic'],
      ['Seed', '1'],
    ] as const,
    result,
    bars: all,
    quality: options.symbols.map((symbol, i) => ({
      symbol,
      score: i === 1 ? 96.5 : 100,
      rows: n,
      issues: i === 1 ? [{ kind: 'gap', count: 2 }] : [],
    })),
    status: 'complete' as const,
    currency: 'USD',
    periodsPerYear,
    ...(options.benchmark ? { benchmark: { name: 'equal-weight buy and hold', value: benchmark } } : {}),
  };
  return { ...base, ...metricsOf(base) };
}
