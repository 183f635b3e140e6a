/** The Arrow functions, which load Arrow itself on first use: most runs never need it. */
import type { Table } from 'apache-arrow';
import type { Columns } from '../../frame/index.ts';
import type { Bars } from '../../model/index.ts';
import type { ReadOptions } from '../read-options.ts';
import type { TableColumns } from '../table/write-table.ts';

/** Bars as one Arrow table in long format: symbol, time, open, high, low, close, volume. One instrument shares its memory. */
export async function toArrow(bars: readonly Bars[]): Promise<Table> {
  return (await import('./arrow-table.ts')).barsToArrow(bars);
}

/** Bars as Arrow IPC in file format. */
export async function toArrowIpc(bars: readonly Bars[]): Promise<Uint8Array> {
  return (await import('./arrow-table.ts')).barsToIpc(bars);
}

/** Bars of an Arrow table or of IPC bytes, by the same column names as files. @throws SigmaError as `readParquet` */
export async function fromArrow(source: Table | Uint8Array, options: ReadOptions = {}): Promise<Bars[]> {
  return (await import('./arrow-table.ts')).barsFromArrow(source, options);
}

/** Columns of any table. @param times names of the columns of epoch milliseconds that become timestamps */
export async function columnsToArrow(columns: TableColumns, times: readonly string[] = []): Promise<Table> {
  return (await import('./arrow-table.ts')).tableOfColumns(columns, times);
}

/** Times become epoch milliseconds. @throws SigmaError frame/bad-column for types without a columnar form here */
export async function columnsFromArrow(table: Table): Promise<Columns> {
  return (await import('./arrow-table.ts')).columnsOfTable(table);
}
