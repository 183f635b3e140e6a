/** How the rows of a Parquet file fall into blocks of time. */
import { invariant } from '../../core/index.ts';
import { eachChunk, identifier, literal } from '../duckdb.ts';
import type { ParquetShape } from '../parquet/describe.ts';
import { symbolCode } from '../parquet/read-parquet.ts';
import type { FileRuns } from './file-runs.ts';

export type TapePlan = {
  /** Start of block b in time; block b holds times in [cuts[b], cuts[b + 1]). */
  readonly cuts: Float64Array;
  /** Rows of instrument i in block b at [b * instruments + i]. */
  readonly counts: Int32Array;
  /** Times that every instrument is expected to have, if the plan rests on that. */
  readonly grid: Float64Array | undefined;
};

/** Longest grid that is held in memory. */
const GRID_ROWS = 8_388_608;

/**
 * When all instruments have as many rows between the same two times, they most likely have the same times: blocks follow from those of the first,
 * which the rest is compared with as it is read. Nothing when they do not.
 */
export async function planGrid(
  shape: ParquetShape,
  { runs }: FileRuns,
  symbols: readonly string[],
  rowsPerBlock: number,
): Promise<TapePlan | undefined> {
  const instruments = symbols.length;
  const head = runs[0];
  if (head === undefined || runs.length !== instruments || head.rows > GRID_ROWS) return undefined;
  if (!runs.every((r) => r.rows === head.rows && r.first === head.first && r.last === head.last)) return undefined;
  const grid = new Float64Array(head.rows);
  let filled = 0;
  const symbol = shape.layout.kind === 'long' ? shape.layout.columns.symbol : undefined;
  const condition = symbol === undefined ? '' : ` WHERE ${identifier(symbol)} = ${literal(symbols[head.instrument]!)}`;
  const sql = `SELECT coalesce(${shape.time.milliseconds}, 'nan'::DOUBLE) AS t FROM ${shape.relation}${condition}`;
  await eachChunk(sql, shape.path, ([time], rows) => {
    grid.set(time!, filled);
    filled += rows;
    return true;
  });
  const instants = Math.max(1, Math.floor(rowsPerBlock / instruments));
  const blocks = Math.ceil(head.rows / instants);
  const cuts = new Float64Array(blocks + 1).fill(Number.POSITIVE_INFINITY);
  const counts = new Int32Array(blocks * instruments);
  for (let b = 0; b < blocks; b++) {
    const first = b * instants;
    cuts[b] = grid[first]!;
    counts.fill(Math.min(instants, head.rows - first), b * instruments, (b + 1) * instruments);
  }
  return { cuts, counts, grid };
}

/** Rows are counted in stretches of equal length by the database; stretches are joined until a block would have more than this many rows. */
export async function planStretches(
  shape: ParquetShape,
  { runs }: FileRuns,
  symbols: readonly string[],
  rowsPerBlock: number,
): Promise<TapePlan> {
  const { relation, path } = shape;
  const column = shape.layout.kind === 'long' ? shape.layout.columns.symbol : undefined;
  const time = shape.time.milliseconds;
  const instruments = symbols.length;
  const rows = runs.reduce((sum, r) => sum + r.rows, 0);
  const first = runs.reduce((low, r) => Math.min(low, r.first), Number.POSITIVE_INFINITY);
  const last = runs.reduce((high, r) => Math.max(high, r.last), Number.NEGATIVE_INFINITY);
  // A third of a block on average, so that joining them fills blocks well.
  const stretches = Math.max(1, Math.ceil((3 * rows) / rowsPerBlock));
  const span = Math.max(1, Math.ceil((last - first + 1) / stretches));
  const counts = new Int32Array((Math.floor((last - first) / span) + 1) * instruments);
  const symbol = column === undefined ? '0' : identifier(column);
  const code = column === undefined ? '0::DOUBLE' : symbolCode(column, symbols);
  const group = `SELECT ${symbol}, floor((${time} - ${first}::DOUBLE) / ${span}::DOUBLE) AS s, count(*)::DOUBLE AS n FROM ${relation} GROUP BY 1, 2`;
  // Symbols become numbers after the counting, when few are left.
  await eachChunk(`SELECT ${code} AS i, s, n FROM (${group})`, path, ([i, s, n], found) => {
    for (let r = 0; r < found; r++) counts[s![r]! * instruments + i![r]!] = n![r]!;
    return true;
  });
  return { ...join(counts, instruments, first, span, rowsPerBlock), grid: undefined };
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
    const block = blocks.at(-1);
    invariant(block !== undefined, 'the first stretch with rows opens a block');
    for (let i = 0; i < instruments; i++) block[i]! += counts[i]!;
    filled += rows;
  }
  const counts = new Int32Array(blocks.length * instruments);
  blocks.forEach((block, b) => {
    counts.set(block, b * instruments);
  });
  return { cuts: Float64Array.of(...cuts, Number.POSITIVE_INFINITY), counts };
}
