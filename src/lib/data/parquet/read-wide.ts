/** Wide Parquet, one column of closes an instrument: an empty cell means no bar at that time. */
import { createColumn, unknownVolume } from '../column-memory.ts';
import { eachChunk, identifier } from '../duckdb.ts';
import { chooseSymbols, type Series } from '../finish-bars.ts';
import type { ReadOptions } from '../read-options.ts';
import { type ParquetShape, rangeCondition, symbolRows, whereClause } from './describe.ts';

export async function readWide(shape: ParquetShape, options: ReadOptions): Promise<Series[]> {
  const { layout, path } = shape;
  if (layout.kind !== 'wide') return [];
  const symbols = chooseSymbols(layout.symbols, options.symbols, path);
  const conditions = rangeCondition(shape, options);
  const [total] = await symbolRows(shape, undefined, conditions);
  const names = [shape.time.milliseconds, ...symbols.map((s) => `${identifier(s)}::DOUBLE`)];
  const select = names.map((name, i) => `coalesce(${name}, 'nan'::DOUBLE) AS c${i}`).join(', ');
  const sql = `SELECT ${select} FROM ${shape.relation}${whereClause(conditions)}`;
  const columns = names.map(() => createColumn(total?.rows ?? 0));
  let rows = 0;
  await eachChunk(sql, path, (read, count) => {
    for (let c = 0; c < columns.length; c++) columns[c]!.set(read[c]!, rows);
    rows += count;
    return true;
  });
  return closesOfColumns(columns[0]!, columns.slice(1), symbols, rows, (row) => `${path}: row ${row + 1}`);
}

/** One close-only series a column, without the rows where it has no value. */
export function closesOfColumns(
  times: Float64Array,
  closes: readonly Float64Array[],
  symbols: readonly string[],
  rows: number,
  place: (row: number) => string,
): Series[] {
  return symbols.map((symbol, c) => {
    const values = closes[c]!;
    let count = 0;
    for (let r = 0; r < rows; r++) if (!Number.isNaN(values[r]!)) count++;
    const time = createColumn(count);
    const close = createColumn(count);
    const source = new Int32Array(count);
    for (let r = 0, k = 0; r < rows; r++) {
      if (Number.isNaN(values[r]!)) continue;
      time[k] = times[r]!;
      close[k] = values[r]!;
      source[k++] = r;
    }
    const columns = { time, open: close, high: close, low: close, close, volume: unknownVolume(count) };
    return { symbol, columns, place: (row) => `${place(source[row]!)}, column ${symbol}` };
  });
}
