/** How the rows of a Parquet file fall into blocks: counts of each instrument in each stretch of time, found by the database in one parallel pass. */
import { invariant } from '../../core/index.ts';
import { doubles, reading, streamRows } from '../duckdb.ts';

export type TapePlan = {
  /** Start of block b in time; block b holds times in [cuts[b], cuts[b + 1]). */
  readonly cuts: Float64Array;
  /** Rows of instrument i in block b at [b * instruments + i]. */
  readonly counts: Int32Array;
  readonly rows: number;
};

export type TapeQuery = {
  /** SQL of the relation, the time as stored and in milliseconds, the symbol as stored and its position. */
  readonly relation: string;
  readonly column: string;
  readonly time: string;
  readonly symbol: string;
  readonly code: string;
  readonly instruments: number;
  readonly where: string;
};

/** Stretches of equal length are joined until a block would have more than this many rows. */
export async function planTape(query: TapeQuery, rowsPerBlock: number): Promise<TapePlan> {
  const { relation, column, time, symbol, code, instruments, where } = query;
  const range = `SELECT count(*)::DOUBLE AS n, min(${column}) AS low, max(${column}) AS high FROM ${relation}`;
  const [rows, first, last] = await onlyRow(
    `SELECT n, ${time.replaceAll(column, 'low')}, ${time.replaceAll(column, 'high')} FROM (${range})`,
    where,
  );
  // A third of a block on average, so that joining them fills blocks well.
  const stretches = Math.max(1, Math.ceil((3 * rows!) / rowsPerBlock));
  const span = Math.max(1, Math.ceil((last! - first! + 1) / stretches));
  const counts = new Int32Array((Math.floor((last! - first!) / span) + 1) * instruments);
  const group = `SELECT ${symbol}, floor((${time} - ${first}::DOUBLE) / ${span}::DOUBLE) AS s, count(*)::DOUBLE AS n FROM ${relation} GROUP BY 1, 2`;
  // Symbols become numbers after the counting, when few are left.
  const result = await streamRows(`SELECT ${code} AS i, s, n FROM (${group})`, where);
  await reading(where, async () => {
    for (
      let chunk = await result.fetchChunk();
      chunk !== null && chunk.rowCount > 0;
      chunk = await result.fetchChunk()
    ) {
      const [i, s, n] = [0, 1, 2].map((c) => doubles(chunk!.getColumnVector(c)));
      for (let r = 0; r < chunk.rowCount; r++) counts[s![r]! * instruments + i![r]!] = n![r]!;
    }
  });
  return { ...join(counts, instruments, first!, span, rowsPerBlock), rows: rows! };
}

async function onlyRow(sql: string, where: string): Promise<number[]> {
  const result = await streamRows(sql, where);
  const chunk = await reading(where, () => result.fetchChunk());
  invariant(chunk !== null && chunk.rowCount === 1, 'an aggregate has one row');
  return Array.from({ length: chunk.columnCount }, (_, c) => doubles(chunk.getColumnVector(c))[0]!);
}

function join(stretches: Int32Array, instruments: number, first: number, span: number, rowsPerBlock: number) {
  const cuts: number[] = [];
  const blocks: Int32Array[] = [];
  let filled = Number.POSITIVE_INFINITY;
  for (let s = 0; s * instruments < stretches.length; s++) {
    const counts = stretches.subarray(s * instruments, (s + 1) * instruments);
    const rows = counts.reduce((sum, n) => sum + n, 0);
    if (rows === 0) continue;
    if (filled + rows > rowsPerBlock) {
      cuts.push(first + s * span);
      blocks.push(new Int32Array(instruments));
      filled = 0;
    }
    const block = blocks.at(-1)!;
    for (let i = 0; i < instruments; i++) block[i]! += counts[i]!;
    filled += rows;
  }
  const counts = new Int32Array(blocks.length * instruments);
  blocks.forEach((block, b) => {
    counts.set(block, b * instruments);
  });
  return { cuts: Float64Array.of(...cuts, Number.POSITIVE_INFINITY), counts };
}
