/** Instruments, bars, orders, reports, records and times: the words that all folders share. */
export {
  type BarColumns,
  type BarField,
  type Bars,
  barCount,
  barFields,
  betweenTimes,
  lowerBound,
  sliceBars,
} from './bars.ts';
export { type Block, type BlockSource, instantEnd, timeAt, type WholeBars } from './block.ts';
export type { Command } from './command.ts';
export type { CorporateAction } from './corporate-action.ts';
export { type Instrument, type InstrumentKind, instrument } from './instrument.ts';
export {
  type Bracket,
  exitLevel,
  type Liquidity,
  type Offset,
  type Order,
  type OrderChange,
  type OrderKind,
  type OrderRequest,
  type OrderStatus,
  type OrderTerms,
  type Side,
  type TimeInForce,
} from './order.ts';
export type { EquityCurve, FillRecord, LogEntry, OrderRecord, TradeRecord } from './record.ts';
export type { CodedText, ColumnType, ColumnTypes, Dictionary } from './records/column-types.ts';
export { RecordLog, type Records } from './records/record-log.ts';
export {
  createFillLog,
  createLog,
  createOrderLog,
  createTradeLog,
  type FillLog,
  type FillRecords,
  fillColumns,
  fillRecords,
  type Log,
  type LogRecords,
  logRecords,
  type OrderLog,
  type OrderRecords,
  orderColumns,
  orderRecords,
  type TradeLog,
  type TradeRecords,
  tradeColumns,
  tradeRecords,
} from './records/run-records.ts';
export { numberedText } from './records/texts.ts';
export type { Charge, VenueReport } from './report.ts';
export { splitBracket, splitChange, splitOrder } from './split-orders.ts';
export { DAY, formatTime, HOUR, MINUTE, parseTime, SECOND, WEEK } from './time.ts';
export {
  approximateMs,
  barsPerYear,
  closeTime,
  openTime,
  parseTimeframe,
  type Timeframe,
  type TimeframeUnit,
  timeframeMs,
} from './timeframe.ts';
