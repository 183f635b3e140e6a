/** The equity curve as it grows: one row per instant. */
import type { EquityCurve } from '../model/index.ts';
import { type Account, TOTAL } from '../portfolio/index.ts';

const SMALLEST = 1024;

/**
 * Time and equity are written at every instant. Cash only changes with trades, so its changes are kept; the value of
 * positions is what equity has beyond cash, and needs a gross column of its own only while several are open. Memory
 * that is touched for the first time costs more than everything else at an instant: three columns less are a third of a run.
 */
export class Recorder {
  length = 0;
  private capacity: number;
  time: Float64Array;
  equity: Float64Array;
  private gross: Float64Array | null = null;
  private readonly cashRows: number[] = [];
  private readonly cash: number[] = [];
  /** [last cash] */
  private readonly last = new Float64Array(1).fill(Number.NaN);

  /** @param expected rows to make room for at once */
  constructor(expected: number) {
    this.capacity = Math.max(SMALLEST, expected);
    this.time = new Float64Array(this.capacity);
    this.equity = new Float64Array(this.capacity);
  }

  /** Makes room for `count` rows, whose time and equity the caller writes; the first is the one returned. */
  reserve(count: number): number {
    while (this.length + count > this.capacity) this.grow();
    return this.length;
  }

  /** Time and equity of `count` rows are written; no trade came between them. */
  wrote(count: number, account: Account): void {
    const row = this.length;
    const { totals } = account;
    this.wroteAll(count, totals[TOTAL.cash]!);
    if (account.openCount > 1) this.grossColumn()[row] = totals[TOTAL.gross]!;
  }

  /** Time, equity and, where several positions are open, gross of `count` rows are written. */
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
    this.wrote(1, account);
  }

  /** Cash, gross and net are made when they are first asked for: most runs end without a look at them. */
  curve(): EquityCurve {
    const { length } = this;
    const equity = this.equity.subarray(0, length);
    const cash = once(() => this.cashColumn());
    const net = once(() => equity.map((value, row) => value - cash()[row]!));
    const gross = once(() =>
      net().map(this.gross === null ? Math.abs : (value, row) => this.gross![row] || Math.abs(value)),
    );
    return {
      time: this.time.subarray(0, length),
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
    this.cashRows.push(row);
    this.cash.push(cash);
  }

  private grow(): void {
    this.capacity *= 2;
    this.time = wider(this.time, this.capacity);
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
