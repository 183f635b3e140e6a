/** The equity curve as it grows: one row per instant, in columns that double when full. */
import type { EquityCurve } from '../model/index.ts';
import { type Account, TOTAL } from '../portfolio/index.ts';

export interface Recorder {
  /** Adds a row from the clock and the account's totals. */
  record(clock: Float64Array, account: Account): void;
  /** Rewrites the last row when it is of this very instant: a fill on its close came after it was valued. */
  amend(clock: Float64Array, account: Account): void;
  readonly length: number;
  curve(): EquityCurve;
}

/** @param expected rows to make room for at once */
export function createRecorder(expected: number): Recorder {
  let capacity = Math.max(1024, expected);
  let columns = Array.from({ length: 5 }, () => new Float64Array(capacity));
  let [time, equity, cash, gross, net] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let length = 0;

  const grow = (): void => {
    capacity *= 2;
    columns = columns.map((old) => {
      const column = new Float64Array(capacity);
      column.set(old);
      return column;
    });
    [time, equity, cash, gross, net] = columns as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
  };

  const write = (row: number, clock: Float64Array, account: Account): void => {
    const totals = account.totals;
    time[row] = clock[0]!;
    equity[row] = totals[TOTAL.equity]!;
    cash[row] = totals[TOTAL.cash]!;
    gross[row] = totals[TOTAL.gross]!;
    net[row] = totals[TOTAL.net]!;
  };

  return {
    record: (clock, account) => {
      if (length === capacity) grow();
      write(length++, clock, account);
    },
    amend: (clock, account) => {
      if (length > 0 && time[length - 1] === clock[0]) write(length - 1, clock, account);
    },
    get length() {
      return length;
    },
    curve: () => ({
      time: time.slice(0, length),
      equity: equity.slice(0, length),
      cash: cash.slice(0, length),
      gross: gross.slice(0, length),
      net: net.slice(0, length),
    }),
  };
}
