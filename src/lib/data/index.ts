/** Readers and writers of market data: files, databases, the catalog of data sets, the tape. */

export { atomicDirectory, atomicWrite, writeFailed } from './atomic.ts';
export { type BarRules, sortBars, validateBars } from './bars-check.ts';
export { type ColumnNames, type ColumnRole, columnRoles } from './column-roles.ts';
export { inferTimeframe } from './infer-timeframe.ts';
export { readParquet } from './parquet/read-parquet.ts';
export { writeParquet } from './parquet/write-parquet.ts';
export type { Query, ReadOptions } from './read-options.ts';
