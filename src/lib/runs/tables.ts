/** Orders, fills, trades and equity as frames and back: what is stored, exported and documented in `docs/json.md`. */

import type { EngineResult } from '../engine/index.ts';
import { type Column, type Frame, frame } from '../frame/index.ts';
import type { EquityCurve, FillRecord, OrderRecord, TradeRecord } from '../model/index.ts';
import type { RunTable } from '../registry/index.ts';

type ColumnType = 'number' | 'integer' | 'time' | 'text' | 'boolean';
type ColumnTypes<T> = { readonly [K in keyof T]-?: ColumnType };

const orders: ColumnTypes<OrderRecord> = {
  id: 'integer',
  symbol: 'text',
  side: 'text',
  kind: 'text',
  timeInForce: 'text',
  quantity: 'number',
  filled: 'number',
  averagePrice: 'number',
  price: 'number',
  trigger: 'number',
  status: 'text',
  created: 'time',
  updated: 'time',
  parent: 'integer',
  ocoGroup: 'integer',
  reduceOnly: 'boolean',
  tag: 'text',
  reason: 'text',
};

const fills: ColumnTypes<FillRecord> = {
  id: 'integer',
  order: 'integer',
  symbol: 'text',
  side: 'text',
  time: 'time',
  quantity: 'number',
  price: 'number',
  fee: 'number',
  slippage: 'number',
  liquidity: 'text',
};

const trades: ColumnTypes<TradeRecord> = {
  id: 'integer',
  symbol: 'text',
  side: 'text',
  entryTime: 'time',
  exitTime: 'time',
  entryPrice: 'number',
  exitPrice: 'number',
  quantity: 'number',
  grossPnl: 'number',
  fees: 'number',
  borrow: 'number',
  pnl: 'number',
  return: 'number',
  bars: 'integer',
  adverse: 'number',
  favourable: 'number',
  tag: 'text',
};

const equity: ColumnTypes<EquityCurve & { benchmark: Float64Array }> = {
  time: 'time',
  equity: 'number',
  cash: 'number',
  gross: 'number',
  net: 'number',
  benchmark: 'number',
};

/** The documented columns of each table and their types. */
export const tableColumns = { orders, fills, trades, equity } as const;

/** The four tables of a result; `benchmark` is its value at each equity time. Times are UTC epoch milliseconds; a missing number is NaN. */
export function tablesOf(
  result: EngineResult,
  benchmark: Float64Array = new Float64Array(result.equity.time.length).fill(Number.NaN),
): Readonly<Record<RunTable, Frame>> {
  return {
    orders: fromRecords(result.orders, orders),
    fills: fromRecords(result.fills, fills),
    trades: fromRecords(result.trades, trades),
    equity: frame({ ...result.equity, benchmark }),
  };
}

/** Records back from stored tables. */
export function recordsOf(tables: Readonly<Record<RunTable, Frame>>): Pick<EngineResult, RunTable> {
  return {
    orders: toRecords<OrderRecord>(tables.orders, orders),
    fills: toRecords<FillRecord>(tables.fills, fills),
    trades: toRecords<TradeRecord>(tables.trades, trades),
    equity: {
      time: tables.equity.numbers('time'),
      equity: tables.equity.numbers('equity'),
      cash: tables.equity.numbers('cash'),
      gross: tables.equity.numbers('gross'),
      net: tables.equity.numbers('net'),
    },
  };
}

function fromRecords<T>(records: readonly T[], types: ColumnTypes<T>): Frame {
  const names = Object.keys(types) as (keyof T & string)[];
  return frame(
    Object.fromEntries(
      names.map((name) => [
        name,
        columnOf(
          records.map((r) => r[name]),
          types[name],
        ),
      ]),
    ),
  );
}

function columnOf(values: readonly unknown[], type: ColumnType): Column {
  switch (type) {
    case 'integer':
      return Int32Array.from(values, Number);
    case 'text':
      return values.map(String);
    case 'boolean':
      return values.map(Boolean);
    default:
      return Float64Array.from(values, Number);
  }
}

/** Stored columns carry exactly what the types of a record allow: the store has checked their hashes. */
function toRecords<T>(table: Frame, types: ColumnTypes<T>): readonly T[] {
  const names = Object.keys(types);
  const columns = names.map((name) => table.column(name));
  return Array.from(
    { length: table.length },
    (_, row) => Object.fromEntries(names.map((name, k) => [name, columns[k]![row]])) as T,
  );
}
