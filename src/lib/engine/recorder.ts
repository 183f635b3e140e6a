/** The equity curve as it grows: one row per instant, in columns that double when full. */
import type { EquityCurve } from '../model/index.ts';
import { type Account, TOTAL } from '../portfolio/index.ts';

const SMALLEST = 1024;

export class Recorder {
  length = 0;
  private capacity: number;
  private time: Float64Array;
  private equity: Float64Array;
  private cash: Float64Array;
  private gross: Float64Array;
  private net: Float64Array;

  /** @param expected rows to make room for at once */
  constructor(expected: number) {
    this.capacity = Math.max(SMALLEST, expected);
    this.time = new Float64Array(this.capacity);
    this.equity = new Float64Array(this.capacity);
    this.cash = new Float64Array(this.capacity);
    this.gross = new Float64Array(this.capacity);
    this.net = new Float64Array(this.capacity);
  }

  /** Adds a row from the clock and the account's totals. */
  record(clock: Float64Array, account: Account): void {
    if (this.length === this.capacity) this.grow();
    this.write(this.length++, clock, account.totals);
  }

  /** Rewrites the last row when it is of this very instant: a fill on its close came after it was valued. */
  amend(clock: Float64Array, account: Account): void {
    const last = this.length - 1;
    if (last >= 0 && this.time[last] === clock[0]) this.write(last, clock, account.totals);
  }

  curve(): EquityCurve {
    const { time, equity, cash, gross, net, length } = this;
    return {
      time: time.subarray(0, length),
      equity: equity.subarray(0, length),
      cash: cash.subarray(0, length),
      gross: gross.subarray(0, length),
      net: net.subarray(0, length),
    };
  }

  private write(row: number, clock: Float64Array, totals: Float64Array): void {
    this.time[row] = clock[0]!;
    this.equity[row] = totals[TOTAL.equity]!;
    this.cash[row] = totals[TOTAL.cash]!;
    this.gross[row] = totals[TOTAL.gross]!;
    this.net[row] = totals[TOTAL.net]!;
  }

  private grow(): void {
    this.capacity *= 2;
    const wider = (old: Float64Array): Float64Array => {
      const column = new Float64Array(this.capacity);
      column.set(old);
      return column;
    };
    this.time = wider(this.time);
    this.equity = wider(this.equity);
    this.cash = wider(this.cash);
    this.gross = wider(this.gross);
    this.net = wider(this.net);
  }
}
