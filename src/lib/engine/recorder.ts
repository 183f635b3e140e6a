/** The equity curve as it grows: one row per instant. */
import type { EquityCurve } from '../model/index.ts';
import { type Account, TOTAL } from '../portfolio/index.ts';
import { Timeline } from './timeline.ts';

const SMALLEST = 1024;

/**
 * Equity is written at every instant. Times mostly go on in equal steps, so runs of them are kept. Cash only changes with
 * trades, so its changes are kept; the value of positions is what equity has beyond cash, and needs a gross column of its
 * own only while several are open. Memory that is touched for the first time costs more than most else at an instant.
 */
export class Recorder {
  length = 0;
  private capacity: number;
  equity: Float64Array;
  private readonly times = new Timeline();
  private gross: Float64Array | null = null;
  private readonly cashRows: number[] = [];
  private readonly cash: number[] = [];
  /** [last cash] */
  private readonly last = new Float64Array(1).fill(Number.NaN);

  /** @param expected rows to make room for at once */
  constructor(expected: number) {
    this.capacity = Math.max(SMALLEST, expected);
    this.equity = new Float64Array(this.capacity);
  }

  /** Instants at[from..to) come next: the caller writes the equity of each, from the row returned on. */
  reserve(at: Float64Array, from: number, to: number): number {
    while (this.length + to - from > this.capacity) this.grow();
    this.times.append(at, from, to);
    return this.length;
  }

  /** The equity of `count` rows is written; no trade came between them. */
  wrote(count: number, account: Account): void {
    const row = this.length;
    const { totals } = account;
    this.wroteAll(count, totals[TOTAL.cash]!);
    if (account.openCount > 1) this.grossColumn()[row] = totals[TOTAL.gross]!;
  }

  /** Equity and, where several positions are open, gross of `count` rows are written. */
  wroteAll(count: number, cash: number): void {
    if (cash !== this.last[0]) this.noteCash(this.length, cash);
    this.length += count;
  }

  /** Gross by row; valid until room is made for more. */
  grossColumn(): Float64Array {
    this.gross ??= new Float64Array(this.capacity);
    return this.gross;
  }

  /** Rewrites the last row: a fill on the close of its instant came after it was valued. */
  amend(account: Account): void {
    if (this.length === 0) return;
    const row = --this.length;
    this.equity[row] = account.totals[TOTAL.equity]!;
    // With fewer positions than before, none may be written over what was.
    if (this.gross !== null) this.gross[row] = 0;
    this.wrote(1, account);
  }

  /** Times, cash, gross and net are made when they are first asked for: many runs end without a look at them. */
  curve(): EquityCurve {
    const { length } = this;
    const equity = this.equity.subarray(0, length);
    const time = once(() => this.times.column());
    const cash = once(() => this.cashColumn());
    const net = once(() => equity.map((value, row) => value - cash()[row]!));
    const gross = once(() =>
      net().map(this.gross === null ? Math.abs : (value, row) => this.gross![row] || Math.abs(value)),
    );
    return {
      get time() {
        return time();
      },
      equity,
      get cash() {
        return cash();
      },
      get gross() {
        return gross();
      },
      get net() {
        return net();
      },
    };
  }

  private cashColumn(): Float64Array {
    const cash = new Float64Array(this.length);
    this.cashRows.forEach((row, k) => {
      cash.fill(this.cash[k]!, row, this.cashRows[k + 1] ?? this.length);
    });
    return cash;
  }

  private noteCash(row: number, cash: number): void {
    this.last[0] = cash;
    this.cashRows[this.cashRows.length] = row;
    this.cash[this.cash.length] = cash;
  }

  private grow(): void {
    this.capacity *= 2;
    this.equity = wider(this.equity, this.capacity);
    if (this.gross !== null) this.gross = wider(this.gross, this.capacity);
  }
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function wider(old: Float64Array, capacity: number): Float64Array {
  const column = new Float64Array(capacity);
  column.set(old);
  return column;
}
