/** Where the rows of each instrument stand in a Parquet file. */
import { SigmaError } from '../../core/index.ts';
import { identifier, literal, queryRows } from '../duckdb.ts';
import type { ParquetShape } from '../parquet/describe.ts';

/** Rows of one instrument. */
export type FileRun = {
  /** Position in the data set. */
  readonly instrument: number;
  readonly rows: number;
  /** First and last open time, epoch milliseconds. */
  readonly first: number;
  readonly last: number;
};

export type FileRuns = {
  /** In the order of their first rows. */
  readonly runs: readonly FileRun[];
  /** The rows of each instrument stand together, as they do in files that this program wrote. */
  readonly together: boolean;
};

/**
 * Runs of a file in long format.
 * @throws SigmaError data/unreadable, store/corrupt when it holds a symbol that is not in the list
 */
export async function fileRuns(shape: ParquetShape, symbols: readonly string[]): Promise<FileRuns> {
  const { layout, path, time } = shape;
  const numbered = `read_parquet(${literal(path)}, file_row_number = true)`;
  const symbol = layout.kind === 'long' ? layout.columns.symbol : undefined;
  // Grouped as stored, converted after: few rows are left then.
  const group = symbol === undefined ? literal(symbols[0] ?? '') : identifier(symbol);
  const column = identifier(layout.kind === 'long' ? layout.columns.time! : layout.time);
  const found = await queryRows(
    `SELECT coalesce(s::VARCHAR, '') AS symbol, n, head, tail, ${time.milliseconds.replaceAll(column, 'low')} AS first, ${time.milliseconds.replaceAll(column, 'high')} AS last
     FROM (SELECT ${group} AS s, count(*)::DOUBLE AS n, min(file_row_number)::DOUBLE AS head, max(file_row_number)::DOUBLE AS tail,
       min(${column}) AS low, max(${column}) AS high FROM ${numbered} GROUP BY 1) ORDER BY head`,
    path,
  );
  const positions = new Map(symbols.map((s, i) => [s, i]));
  const runs = found.map((row): FileRun => {
    const instrument = positions.get(String(row['symbol']));
    if (instrument === undefined)
      throw new SigmaError('store/corrupt', `holds '${String(row['symbol'])}', which dataset.json does not list`, {
        where: path,
      });
    return { instrument, rows: Number(row['n']), first: Number(row['first']), last: Number(row['last']) };
  });
  const together = found.every((row) => Number(row['tail']) - Number(row['head']) + 1 === Number(row['n']));
  return { runs, together };
}
