/** Round trips built from fills: from flat to flat by average cost, with excursions and bars held. */
import { type Block, createTradeLog, type Instrument, type TradeLog, type TradeRecords } from '../model/index.ts';
import { HELD_DUST } from './ledger.ts';

/** One engine's trades. State is typed arrays; a trade that ends becomes a row of columns. */
export interface TradeBook {
  /** A fill, quantity signed. A flip closes one trade and opens the next, each with its part of the fee. */
  fill(instrument: number, quantity: number, price: number, fee: number, time: number, tag: string): void;
  /** Borrow or a dividend for a position; positive is paid, a dividend received is negative. Nothing happens when the instrument is flat. */
  charge(instrument: number, amount: number): void;
  /**
   * Bars of the instrument, rows [from, to), that ended while its position was open: counts them and takes their
   * extremes; a bar without a close does not count. The extremes of the bar of entry count whole, for a bar does not
   * tell what came before the fill.
   */
  mark(instrument: number, block: Block, from: number, to: number): void;
  /** `ratio` new units per old one. */
  split(instrument: number, ratio: number): void;
  /** All trades in order of entry, open ones at `marks` (last price per instrument) with exit time NaN. */
  records(marks: Float64Array): TradeRecords;
}

/** Columns of one trade. */
const ID = 0;
const SIGN = 1;
const HELD = 2;
const ENTRY_TIME = 3;
const EXIT_TIME = 4;
const ENTRY_UNITS = 5;
const ENTRY_VALUE = 6;
const EXIT_UNITS = 7;
const EXIT_VALUE = 8;
const LARGEST = 9;
const FEES = 10;
const BORROW = 11;
const BARS = 12;
const LOW = 13;
const HIGH = 14;
const WIDTH = 15;

export function createTradeBook(instruments: readonly Instrument[]): TradeBook {
  return new Book(instruments);
}

class Book implements TradeBook {
  private readonly instruments: readonly Instrument[];
  /** Row i: the open trade of instrument i; its HELD is 0 when flat. */
  private readonly live: Float64Array;
  private readonly liveTags: string[];
  /** A trade's row is its number; rows of trades that are open are written when records are asked for. */
  private readonly log: TradeLog;
  private nextId = 0;

  constructor(instruments: readonly Instrument[]) {
    this.instruments = instruments;
    this.live = new Float64Array(instruments.length * WIDTH);
    this.liveTags = instruments.map(() => '');
    this.log = createTradeLog(instruments.map(({ symbol }) => symbol));
  }

  fill(instrument: number, quantity: number, price: number, fee: number, time: number, tag: string): void {
    if (quantity === 0) return;
    const at = instrument * WIDTH;
    const held = this.live[at + HELD]! * this.live[at + SIGN]!;
    const size = Math.abs(quantity);
    if (held === 0) this.enter(instrument, quantity, price, fee, time, tag);
    else if (held * quantity > 0) this.add(at, size, price, fee);
    else {
      const rest = size - Math.abs(held);
      const dust = HELD_DUST * Math.max(size, Math.abs(held));
      if (rest < -dust) this.reduce(at, size, price, fee);
      else if (rest <= dust) {
        this.reduce(at, Math.abs(held), price, fee);
        this.leave(instrument, time);
      } else {
        const closingFee = (fee * Math.abs(held)) / size;
        this.reduce(at, Math.abs(held), price, closingFee);
        this.leave(instrument, time);
        this.enter(instrument, Math.sign(quantity) * rest, price, fee - closingFee, time, tag);
      }
    }
  }

  charge(instrument: number, amount: number): void {
    const at = instrument * WIDTH;
    if (this.live[at + HELD] !== 0) this.live[at + BORROW]! += amount;
  }

  mark(instrument: number, block: Block, from: number, to: number): void {
    const { live } = this;
    const at = instrument * WIDTH;
    if (live[at + HELD] === 0) return;
    // Few instruments are held: a block that says where its rows came from need not copy those of all.
    const { whole, starts } = block;
    const { low, high, close } = whole === undefined ? block : whole.bars[instrument]!;
    const shift = whole === undefined ? 0 : whole.first[instrument]! - starts[instrument]!;
    let lowest = live[at + LOW]!;
    let highest = live[at + HIGH]!;
    let bars = 0;
    for (let row = from + shift; row < to + shift; row++) {
      const last = close[row]!;
      if (last !== last) continue;
      const bottom = low[row]!;
      const top = high[row]!;
      bars += 1;
      if (bottom < lowest) lowest = bottom;
      if (top > highest) highest = top;
    }
    live[at + BARS]! += bars;
    live[at + LOW] = lowest;
    live[at + HIGH] = highest;
  }

  split(instrument: number, ratio: number): void {
    const at = instrument * WIDTH;
    for (const units of [HELD, ENTRY_UNITS, EXIT_UNITS, LARGEST]) this.live[at + units]! *= ratio;
    this.live[at + LOW]! /= ratio;
    this.live[at + HIGH]! /= ratio;
  }

  records(marks: Float64Array): TradeRecords {
    for (let i = 0; i < this.instruments.length; i++)
      if (this.live[i * WIDTH + HELD] !== 0) this.write(i, marks[i] ?? Number.NaN);
    return this.log;
  }

  private enter(instrument: number, quantity: number, price: number, fee: number, time: number, tag: string): void {
    const at = instrument * WIDTH;
    for (let column = 0; column < WIDTH; column++) this.live[at + column] = 0;
    this.live[at + ID] = this.nextId++;
    this.live[at + SIGN] = Math.sign(quantity);
    this.live[at + ENTRY_TIME] = time;
    this.live[at + EXIT_TIME] = Number.NaN;
    this.live[at + LOW] = price;
    this.live[at + HIGH] = price;
    this.liveTags[instrument] = tag;
    this.add(at, Math.abs(quantity), price, fee);
  }

  private add(at: number, units: number, price: number, fee: number): void {
    const live = this.live;
    live[at + HELD]! += units;
    live[at + ENTRY_UNITS]! += units;
    live[at + ENTRY_VALUE]! += units * price;
    live[at + FEES]! += fee;
    live[at + LARGEST] = Math.max(live[at + LARGEST]!, live[at + HELD]!);
  }

  private reduce(at: number, units: number, price: number, fee: number): void {
    const live = this.live;
    live[at + HELD]! -= units;
    live[at + EXIT_UNITS]! += units;
    live[at + EXIT_VALUE]! += units * price;
    live[at + FEES]! += fee;
    live[at + LOW] = Math.min(live[at + LOW]!, price);
    live[at + HIGH] = Math.max(live[at + HIGH]!, price);
  }

  private leave(instrument: number, time: number): void {
    const at = instrument * WIDTH;
    this.live[at + EXIT_TIME] = time;
    this.live[at + HELD] = 0;
    this.write(instrument, Number.NaN);
  }

  /** Writes the trade of an instrument into its row; what is still held is worth the mark. */
  private write(instrument: number, mark: number): void {
    const rows = this.live;
    const at = instrument * WIDTH;
    const { multiplier } = this.instruments[instrument]!;
    const sign = rows[at + SIGN]!;
    const held = rows[at + HELD]!;
    const entryValue = rows[at + ENTRY_VALUE]!;
    const entryPrice = entryValue / rows[at + ENTRY_UNITS]!;
    const exitValue = rows[at + EXIT_VALUE]! + (held === 0 ? 0 : held * mark);
    const fees = rows[at + FEES]!;
    const borrow = rows[at + BORROW]!;
    const grossPnl = sign * (exitValue - entryValue) * multiplier;
    const pnl = grossPnl - fees - borrow;
    const down = rows[at + LOW]! / entryPrice - 1;
    const up = rows[at + HIGH]! / entryPrice - 1;
    const row = rows[at + ID]!;
    this.log.extend(row + 1);
    const { cells } = this.log;
    cells.id.values[row] = row;
    cells.symbol.codes[row] = instrument;
    cells.side.put(row, sign > 0 ? 'long' : 'short');
    cells.entryTime.values[row] = rows[at + ENTRY_TIME]!;
    cells.exitTime.values[row] = rows[at + EXIT_TIME]!;
    cells.entryPrice.values[row] = entryPrice;
    cells.exitPrice.values[row] = held === 0 ? exitValue / rows[at + EXIT_UNITS]! : mark;
    cells.quantity.values[row] = rows[at + LARGEST]!;
    cells.grossPnl.values[row] = grossPnl;
    cells.fees.values[row] = fees;
    cells.borrow.values[row] = borrow;
    cells.pnl.values[row] = pnl;
    cells.return.values[row] = pnl / (entryValue * multiplier);
    cells.bars.values[row] = rows[at + BARS]!;
    cells.adverse.values[row] = Math.min(0, sign > 0 ? down : -up);
    cells.favourable.values[row] = Math.max(0, sign > 0 ? up : -down);
    cells.tag.put(row, this.liveTags[instrument]!);
  }
}
