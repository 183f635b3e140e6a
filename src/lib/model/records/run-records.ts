/** The records of a run as columns: orders, fills, trades and the log, with the columns of each. */
import type { FillRecord, LogEntry, OrderRecord, TradeRecord } from '../record.ts';
import type { ColumnTypes } from './column-types.ts';
import { RecordLog, type Records } from './record-log.ts';

export const orderColumns = {
  id: 'integer',
  symbol: 'text',
  side: ['buy', 'sell'],
  kind: ['market', 'limit', 'stop', 'stop-limit', 'take-profit', 'trailing-stop'],
  timeInForce: ['GTC', 'DAY', 'IOC', 'FOK', 'GTD'],
  quantity: 'number',
  filled: 'number',
  averagePrice: 'number',
  price: 'number',
  trigger: 'number',
  status: ['held', 'new', 'accepted', 'partially-filled', 'filled', 'cancelled', 'expired', 'rejected'],
  created: 'time',
  updated: 'time',
  parent: 'integer',
  ocoGroup: 'integer',
  reduceOnly: 'flag',
  tag: 'text',
  reason: 'text',
} as const satisfies ColumnTypes<OrderRecord>;

export const fillColumns = {
  id: 'integer',
  order: 'integer',
  symbol: 'text',
  side: ['buy', 'sell'],
  time: 'time',
  quantity: 'number',
  price: 'number',
  fee: 'number',
  slippage: 'number',
  liquidity: ['maker', 'taker'],
} as const satisfies ColumnTypes<FillRecord>;

export const tradeColumns = {
  id: 'integer',
  symbol: 'text',
  side: ['long', 'short'],
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
} as const satisfies ColumnTypes<TradeRecord>;

const logColumns = {
  time: 'time',
  level: ['info', 'warn'],
  source: ['strategy', 'risk', 'venue', 'engine'],
  symbol: 'text',
  message: 'text',
} as const satisfies ColumnTypes<LogEntry>;

export type OrderRecords = Records<OrderRecord, typeof orderColumns>;
export type FillRecords = Records<FillRecord, typeof fillColumns>;
export type TradeRecords = Records<TradeRecord, typeof tradeColumns>;
export type LogRecords = Records<LogEntry, typeof logColumns>;

export type OrderLog = RecordLog<OrderRecord, typeof orderColumns>;
export type FillLog = RecordLog<FillRecord, typeof fillColumns>;
export type TradeLog = RecordLog<TradeRecord, typeof tradeColumns>;
export type Log = RecordLog<LogEntry, typeof logColumns>;

/** Empty logs; the code of a symbol is its position among `symbols`. */
export function createOrderLog(symbols: readonly string[]): OrderLog {
  return new RecordLog(orderColumns, { symbol: symbols });
}

export function createFillLog(symbols: readonly string[]): FillLog {
  return new RecordLog(fillColumns, { symbol: symbols });
}

export function createTradeLog(symbols: readonly string[]): TradeLog {
  return new RecordLog(tradeColumns, { symbol: symbols });
}

export function createLog(): Log {
  return new RecordLog(logColumns);
}

/** Records that come as objects, as columns. */
export function orderRecords(records: Iterable<OrderRecord>): OrderRecords {
  return filled(createOrderLog([]), records);
}

export function fillRecords(records: Iterable<FillRecord>): FillRecords {
  return filled(createFillLog([]), records);
}

export function tradeRecords(records: Iterable<TradeRecord>): TradeRecords {
  return filled(createTradeLog([]), records);
}

export function logRecords(records: Iterable<LogEntry>): LogRecords {
  return filled(createLog(), records);
}

function filled<T, L extends { add(record: T): void }>(log: L, records: Iterable<T>): L {
  for (const record of records) log.add(record);
  return log;
}
