/** The engine's books along a block: latest rows, marks, and equity at each instant. Between two looks at them they may fall behind the market; whoever looks has them brought up first. */
import { type Block, timeAt } from '../model/index.ts';
import { type Account, TOTAL, type TradeBook } from '../portfolio/index.ts';
import type { Market } from './market.ts';
import type { Recorder } from './recorder.ts';

export type BooksOptions = {
  readonly market: Market;
  readonly account: Account;
  readonly recorder: Recorder;
  readonly trades: TradeBook;
  /** [time of the last instant in the books] */
  readonly clock: Float64Array;
  /** Instants up to this time are marked, but neither valued nor recorded. */
  readonly start: number;
};

export class Books {
  /** Bars seen. */
  bars = 0;
  /** Position in the block's order up to which they are kept. */
  private next = 0;
  private readonly market: Market;
  private readonly account: Account;
  private readonly recorder: Recorder;
  private readonly trades: TradeBook;
  /** First row of the current block that the instrument's trade has not taken in yet. */
  private readonly traded: Int32Array;
  private readonly clock: Float64Array;
  private readonly start: number;

  constructor({ market, account, recorder, trades, clock, start }: BooksOptions) {
    this.trades = trades;
    this.traded = new Int32Array(account.instruments.length);
    this.market = market;
    this.account = account;
    this.recorder = recorder;
    this.clock = clock;
    this.start = start;
  }

  /** A new block was loaded. */
  open({ starts }: Block): void {
    this.next = 0;
    for (let i = 0; i < this.traded.length; i++) this.traded[i] = starts[i]!;
  }

  /** Bars since the last change of the position enter the instrument's trade. */
  markTrade(instrument: number): void {
    const { market, traded } = this;
    const next = market.latest[instrument]! + 1;
    if (next <= traded[instrument]!) return;
    this.trades.mark(instrument, market.block, traded[instrument]!, next);
    traded[instrument] = next;
  }

  markTrades(): void {
    const { open, openCount } = this.account;
    for (let k = 0; k < openCount; k++) this.markTrade(open[k]!);
  }

  /** Brings them up to a position, unless they are there already: the end of the next instant, or with one instrument of any. */
  until(position: number): void {
    if (position <= this.next) return;
    const { block } = this.market;
    const from = this.next;
    this.bars += position - from;
    this.next = position;
    if (block.starts.length === 2) this.follow(block, from, position);
    else this.instant(block, from, position);
  }

  /** Rows [from, to) of the only instrument, each an instant of its own. */
  private follow(block: Block, from: number, to: number): void {
    const { account, recorder, clock } = this;
    const { at, close } = block;
    let first = from;
    while (first < to && at[first]! <= this.start) first++;
    for (let k = from; k < first; k++) if (!Number.isNaN(close[k]!)) account.price[0] = close[k]!;
    this.market.latest[0] = to - 1;
    clock[0] = at[to - 1]!;
    if (first === to) return;
    const row = recorder.reserve(at, first, to);
    account.follow(0, close, first, to, recorder.equity, row);
    recorder.wrote(to - first, account);
  }

  private instant(block: Block, from: number, to: number): void {
    const { account, recorder, clock } = this;
    const { order, instrument, close } = block;
    const { latest } = this.market;
    const { price: prices } = account;
    for (let k = from; k < to; k++) {
      const row = order[k]!;
      const i = instrument[row]!;
      const price = close[row]!;
      latest[i] = row;
      if (price === price) prices[i] = price;
    }
    clock[0] = timeAt(block, from);
    if (clock[0]! <= this.start) return;
    account.value();
    const row = recorder.reserve(clock, 0, 1);
    recorder.equity[row] = account.totals[TOTAL.equity]!;
    recorder.wrote(1, account);
  }
}
