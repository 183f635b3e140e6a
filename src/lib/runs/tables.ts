/** Orders, fills, trades and equity as frames and back: what is stored, exported and documented in `docs/json.md`. */

import type { EngineResult } from '../engine/index.ts';
import { type Frame, frame } from '../frame/index.ts';
import {
  type FillRecord,
  fillColumns,
  fillRecords,
  type OrderRecord,
  orderColumns,
  orderRecords,
  type TradeRecord,
  tradeColumns,
  tradeRecords,
} from '../model/index.ts';
import type { RunTable } from '../registry/index.ts';

const equityColumns = {
  time: 'time',
  equity: 'number',
  cash: 'number',
  gross: 'number',
  net: 'number',
  benchmark: 'number',
} as const;

/** The documented columns of each table and their types. */
export const tableColumns = {
  orders: orderColumns,
  fills: fillColumns,
  trades: tradeColumns,
  equity: equityColumns,
} as const;

/** The four tables of a result; `benchmark` is its value at each equity time. Times are UTC epoch milliseconds; a missing number is NaN. */
export function tablesOf(
  result: EngineResult,
  benchmark: Float64Array = new Float64Array(result.equity.time.length).fill(Number.NaN),
): Readonly<Record<RunTable, Frame>> {
  return {
    orders: frame(result.orders.columns),
    fills: frame(result.fills.columns),
    trades: frame(result.trades.columns),
    equity: frame({ ...result.equity, benchmark }),
  };
}

/** Records back from stored tables. */
export function recordsOf(tables: Readonly<Record<RunTable, Frame>>): Pick<EngineResult, RunTable> {
  return {
    orders: orderRecords(rowsOf<OrderRecord>(tables.orders)),
    fills: fillRecords(rowsOf<FillRecord>(tables.fills)),
    trades: tradeRecords(rowsOf<TradeRecord>(tables.trades)),
    equity: {
      time: tables.equity.numbers('time'),
      equity: tables.equity.numbers('equity'),
      cash: tables.equity.numbers('cash'),
      gross: tables.equity.numbers('gross'),
      net: tables.equity.numbers('net'),
    },
  };
}

/** Stored columns carry exactly what the types of a record allow: the store has checked their hashes. */
function* rowsOf<T>(table: Frame): Iterable<T> {
  const columns = table.names.map((name) => table.column(name));
  for (let row = 0; row < table.length; row++)
    yield Object.fromEntries(table.names.map((name, k) => [name, columns[k]![row]])) as T;
}
