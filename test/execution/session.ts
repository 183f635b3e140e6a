/** A venue under the hand of a test: bars go in one instant at a time, orders in between, reports are kept. */
import {
  createSimulatedVenue,
  defaultExecution,
  type ExecutionConfig,
  type VenueCommand,
} from '../../src/lib/execution/index.ts';
import {
  type Block,
  type Instrument,
  instrument,
  type Order,
  type OrderChange,
  type OrderTerms,
  type Side,
  type TimeInForce,
  type VenueReport,
} from '../../src/lib/model/index.ts';
import { type AccountConfig, defaultAccount } from '../../src/lib/portfolio/index.ts';
import type { Approved } from '../../src/lib/risk/index.ts';

export const frictionless: ExecutionConfig = {
  ...defaultExecution,
  fees: { kind: 'none' },
  slippage: { kind: 'none' },
};

/** Open, high, low, close, volume. */
export type Ohlc = readonly [number, number, number, number, number?];

export type OrderWish = OrderTerms & {
  readonly side: Side;
  readonly quantity: number;
  readonly instrument?: number;
  readonly timeInForce?: TimeInForce;
  readonly expires?: number;
  readonly reduceOnly?: boolean;
};

export type SessionOptions = {
  readonly execution?: Partial<ExecutionConfig>;
  readonly account?: Partial<AccountConfig>;
  readonly instruments?: readonly Instrument[];
  readonly closeOnly?: boolean;
  readonly barMs?: number;
  /** Called with each report, as the engine would be; may submit and cancel. */
  readonly react?: (report: VenueReport, session: Session) => void;
};

export type Fill = Extract<VenueReport, { kind: 'filled' }>;
export type Session = ReturnType<typeof openSession>;

export const DAY_MS = 86_400_000;

export function openSession(options: SessionOptions = {}) {
  const instruments = options.instruments ?? [instrument('AAA')];
  const barMs = options.barMs ?? DAY_MS;
  const venue = createSimulatedVenue({
    instruments,
    timeframe: '1d',
    closeOnly: options.closeOnly ?? false,
    execution: { ...frictionless, ...options.execution },
    account: { ...defaultAccount, leverage: 10, maintenance: 0, ...options.account },
  });
  const reports: VenueReport[] = [];
  let clock = 0;
  let nextId = 1;

  function hear(): void {
    for (let report = venue.next(); report !== undefined; report = venue.next()) {
      reports.push(report);
      options.react?.(report, session);
    }
  }

  const session = {
    venue,
    reports,
    instruments,
    get clock() {
      return clock;
    },
    submit(wish: OrderWish, id = nextId): number {
      nextId = Math.max(nextId, id) + 1;
      const order: Order = {
        instrument: 0,
        timeInForce: 'GTC',
        expires: Number.POSITIVE_INFINITY,
        reduceOnly: false,
        created: clock,
        ...wish,
        id,
      };
      send({ kind: 'submit', order: order as Approved<Order> }); // stands for the risk gate, which alone may stamp orders
      return id;
    },
    cancel: (order: number) => send({ kind: 'cancel', order }),
    modify: (order: number, change: OrderChange) => send({ kind: 'modify', order, change }),
    /** One bar of each instrument that has one, all complete at the same time. */
    instant(...bars: readonly (Ohlc | null)[]): void {
      const block = blockOf(bars, clock, barMs);
      venue.begin(block, 0, block.rows);
      hear();
      while (venue.advance()) hear();
      clock += barMs;
      hear();
    },
    /** Lets orders trade on the closes of the instant just seen. */
    settle(): void {
      while (venue.settle()) hear();
    },
    bar: (...ohlc: Ohlc) => session.instant(ohlc),
    skip(ms: number): void {
      clock += ms;
    },
    fills: () => reports.filter((report): report is Fill => report.kind === 'filled'),
    kinds: () => reports.map((report) => report.kind),
    reasons: () => reports.flatMap((report) => ('reason' in report ? [report.reason] : [])),
    prices: () => session.fills().map((fill) => fill.price),
    held: (of = 0) => session.fills().reduce((sum, fill) => sum + (fill.instrument === of ? fill.quantity : 0), 0),
  };

  function send(command: VenueCommand): void {
    venue.accept(command);
  }
  return session;
}

function blockOf(bars: readonly (Ohlc | null)[], time: number, barMs: number): Block {
  const present = bars.flatMap((bar, index) => (bar === null ? [] : [{ bar, index }]));
  const column = (field: number) => Float64Array.from(present, ({ bar }) => bar[field] ?? Number.NaN);
  const starts = new Int32Array(bars.length + 1);
  for (let i = 0; i < bars.length; i += 1) starts[i + 1] = starts[i]! + (bars[i] === null ? 0 : 1);
  return {
    rows: present.length,
    time: new Float64Array(present.length).fill(time),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: column(4),
    at: new Float64Array(present.length).fill(time + barMs),
    instrument: Int32Array.from(present, ({ index }) => index),
    starts,
    order: Int32Array.from(present, (_, row) => row),
  };
}
