/** Round trips built from fills: from flat to flat by average cost, with excursions and bars held. */
import type { Block, Instrument, TradeRecord } from '../model/index.ts';

/** One engine's trades. State is typed arrays; a record is made only when asked for. */
export interface TradeBook {
  /** A fill, quantity signed. A flip closes one trade and opens the next, each with its part of the fee. */
  fill(instrument: number, quantity: number, price: number, fee: number, time: number, tag: string): void;
  /** Borrow paid for a position; positive is paid. Nothing happens when the instrument is flat. */
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
  records(marks: Float64Array): readonly TradeRecord[];
}

/** Columns of one trade. */
const ID = 0;
const INSTRUMENT = 1;
const SIGN = 2;
const HELD = 3;
const ENTRY_TIME = 4;
const EXIT_TIME = 5;
const ENTRY_UNITS = 6;
const ENTRY_VALUE = 7;
const EXIT_UNITS = 8;
const EXIT_VALUE = 9;
const LARGEST = 10;
const FEES = 11;
const BORROW = 12;
const BARS = 13;
const LOW = 14;
const HIGH = 15;
const WIDTH = 16;

/** A remainder below this fraction of the fill that made it is rounding, not a position. */
const DUST = 1e-12;

export function createTradeBook(instruments: readonly Instrument[]): TradeBook {
  return new Book(instruments);
}

class Book implements TradeBook {
  private readonly instruments: readonly Instrument[];
  /** Row i: the open trade of instrument i; its HELD is 0 when flat. */
  private readonly live: Float64Array;
  private readonly liveTags: string[];
  private closed = new Float64Array(64 * WIDTH);
  private closedCount = 0;
  private readonly closedTags: string[] = [];
  private nextId = 0;

  constructor(instruments: readonly Instrument[]) {
    this.instruments = instruments;
    this.live = new Float64Array(instruments.length * WIDTH);
    this.liveTags = instruments.map(() => '');
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
      const dust = DUST * Math.max(size, Math.abs(held));
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

  mark(instrument: number, { low, high, close }: Block, from: number, to: number): void {
    const { live } = this;
    const at = instrument * WIDTH;
    if (live[at + HELD] === 0) return;
    let lowest = live[at + LOW]!;
    let highest = live[at + HIGH]!;
    let bars = 0;
    for (let row = from; row < to; row++) {
      if (close[row] !== close[row]) continue;
      bars += 1;
      if (low[row]! < lowest) lowest = low[row]!;
      if (high[row]! > highest) highest = high[row]!;
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

  records(marks: Float64Array): readonly TradeRecord[] {
    const closed = this.closedTags.map((tag, k) => this.record(this.closed, k * WIDTH, tag, Number.NaN));
    const open = this.instruments.flatMap((_, i) =>
      this.live[i * WIDTH + HELD] === 0
        ? []
        : [this.record(this.live, i * WIDTH, this.liveTags[i]!, marks[i] ?? Number.NaN)],
    );
    return [...closed, ...open].sort((a, b) => a.id - b.id);
  }

  private enter(instrument: number, quantity: number, price: number, fee: number, time: number, tag: string): void {
    const at = instrument * WIDTH;
    this.live.fill(0, at, at + WIDTH);
    this.live[at + ID] = this.nextId++;
    this.live[at + INSTRUMENT] = instrument;
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

  /** Moves a trade that ended to the closed ones. */
  private leave(instrument: number, time: number): void {
    const at = instrument * WIDTH;
    this.live[at + EXIT_TIME] = time;
    this.live[at + HELD] = 0;
    const end = this.closedCount * WIDTH;
    if (end + WIDTH > this.closed.length) {
      const grown = new Float64Array(this.closed.length * 2);
      grown.set(this.closed);
      this.closed = grown;
    }
    this.closed.set(this.live.subarray(at, at + WIDTH), end);
    this.closedTags.push(this.liveTags[instrument]!);
    this.closedCount++;
  }

  private record(rows: Float64Array, at: number, tag: string, mark: number): TradeRecord {
    const { symbol, multiplier } = this.instruments[rows[at + INSTRUMENT]!]!;
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
    return {
      id: rows[at + ID]!,
      symbol,
      side: sign > 0 ? 'long' : 'short',
      entryTime: rows[at + ENTRY_TIME]!,
      exitTime: rows[at + EXIT_TIME]!,
      entryPrice,
      exitPrice: held === 0 ? exitValue / rows[at + EXIT_UNITS]! : mark,
      quantity: rows[at + LARGEST]!,
      grossPnl,
      fees,
      borrow,
      pnl,
      return: pnl / (entryValue * multiplier),
      bars: rows[at + BARS]!,
      adverse: Math.min(0, sign > 0 ? down : -up),
      favourable: Math.max(0, sign > 0 ? up : -down),
      tag,
    };
  }
}
