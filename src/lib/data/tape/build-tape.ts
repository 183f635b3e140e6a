/** Building a tape: the Parquet file streams through once, and its rows go to their places in blocks of time. */
import { open } from 'node:fs/promises';
import { invariant, SigmaError } from '../../core/index.ts';
import type { Timeframe } from '../../model/index.ts';
import { atomicWrite } from '../../storage/index.ts';
import { eachChunk, identifier } from '../duckdb.ts';
import { describeParquet, type ParquetShape } from '../parquet/describe.ts';
import { symbolCode } from '../parquet/read-parquet.ts';
import { type FileRuns, fileRuns } from './file-runs.ts';
import { gridBlocks, orderBlocks, writeIndex } from './order-blocks.ts';
import { layOut, type Places } from './places.ts';
import { planGrid, planStretches, type TapePlan } from './plan-tape.ts';
import { createRowLog, type RowLog } from './row-log.ts';
import { createRowWindow } from './row-window.ts';
import type { TapeField } from './tape-format.ts';

export type TapeRequest = {
  readonly file: string;
  readonly symbols: readonly string[];
  readonly timeframe: Timeframe;
  readonly closeOnly: boolean;
  readonly key: string;
};

export type TapeSizes = {
  /** Rows of a block: its columns stay in the second or third cache level while the events of a block pass. */
  readonly rowsPerBlock: number;
  /** Rows in memory while the tape is built, 48 bytes each. */
  readonly rowsInMemory: number;
};

const usualSizes: TapeSizes = { rowsPerBlock: 131_072, rowsInMemory: 4_194_304 };

/** @throws SigmaError store/write-failed, store/corrupt, data/unreadable, data/unsorted */
export async function buildTape(path: string, request: TapeRequest, sizes: Partial<TapeSizes> = {}): Promise<void> {
  const { rowsPerBlock, rowsInMemory } = { ...usualSizes, ...sizes };
  const shape = await describeParquet(request.file, {});
  const { symbols } = request;
  const fields = fieldsOf(shape, request.closeOnly);
  const runs = await fileRuns(shape, symbols);
  const size = Math.max(rowsPerBlock, symbols.length);
  const grid = await planGrid(shape, runs, symbols, size);
  await atomicWrite(path, async (temporary) => {
    const file = await open(temporary, 'w+');
    const job = { fd: file.fd, request, shape, fields, runs, rowsInMemory };
    try {
      if (grid !== undefined && (await fillTape({ ...job, plan: grid }))) return;
      await file.truncate();
      await fillTape({ ...job, plan: await planStretches(shape, runs, symbols, size) });
    } finally {
      await file.close();
    }
  });
}

function fieldsOf({ layout }: ParquetShape, closeOnly: boolean): TapeField[] {
  invariant(layout.kind === 'long', 'stored data sets have one row a bar');
  const fields: TapeField[] = closeOnly ? ['time', 'close'] : ['time', 'open', 'high', 'low', 'close'];
  if (layout.columns.volume !== undefined) fields.push('volume');
  return fields;
}

type Job = {
  readonly fd: number;
  readonly request: TapeRequest;
  readonly shape: ParquetShape;
  readonly fields: readonly TapeField[];
  readonly runs: FileRuns;
  readonly plan: TapePlan;
  readonly rowsInMemory: number;
};

/** @returns false when the plan rests on a grid that the rows do not keep; what was written is void then */
async function fillTape(job: Job): Promise<boolean> {
  const { fd, request, fields, runs, plan, rowsInMemory } = job;
  const { symbols, timeframe, key } = request;
  const places = layOut(plan.counts, symbols.length, fields.length);
  const options = { fd, places, fields: fields.length, capacity: rowsInMemory };
  const log = inTapeOrder(runs, rowsInMemory) ? createRowWindow(options) : createRowLog(options);
  if (!(await streamFile(job, places, log))) return false;
  log.flush();
  const { blocks, end } =
    plan.grid === undefined
      ? orderBlocks(fd, places, timeframe)
      : { blocks: gridBlocks(plan.grid, places, symbols.length), end: places.end };
  const rows = runs.runs.reduce((sum, r) => sum + r.rows, 0);
  writeIndex(fd, { key, symbols: [...symbols], fields: [...fields], rows, blocks }, places.starts, end);
  return true;
}

/** Whether the instruments come whole, in the order of the data set, and each fits into memory. */
function inTapeOrder({ runs, together }: FileRuns, rowsInMemory: number): boolean {
  return (
    together && runs.every((r, k) => r.rows <= rowsInMemory && (k === 0 || r.instrument > runs[k - 1]!.instrument))
  );
}

async function streamFile(job: Job, places: Places, log: RowLog): Promise<boolean> {
  const { request, shape, fields, runs } = job;
  const { layout } = shape;
  invariant(layout.kind === 'long', 'stored data sets have one row a bar');
  const select = fields.map((f, i) => {
    const value = f === 'time' ? shape.time.milliseconds : `${identifier(layout.columns[f]!)}::DOUBLE`;
    return `coalesce(${value}, 'nan'::DOUBLE) AS c${i}`;
  });
  // Without it the instrument follows from the number of the row.
  const coded = !runs.together && layout.columns.symbol !== undefined;
  if (coded) select.push(symbolCode(layout.columns.symbol!, request.symbols));
  const sql = `SELECT ${select.join(', ')} FROM ${shape.relation}`;
  const place = createPlacer(job, places, log);
  let run = 0;
  let left = runs.runs[0]?.rows ?? 0;
  return eachChunk(sql, request.file, (columns, rows) => {
    const codes = coded ? columns[fields.length] : undefined;
    for (let from = 0, to = 0; from < rows; from = to) {
      if (codes === undefined) {
        for (; left === 0; left = runs.runs[run]!.rows) run++;
        to = Math.min(rows, from + left);
        left -= to - from;
      } else for (to = from + 1; to < rows && codes[to] === codes[from]; ) to++;
      if (!place(columns, from, to, codes?.[from] ?? runs.runs[run]!.instrument)) return false;
    }
    return true;
  });
}

/** Cuts rows of one instrument where the block changes. The function it returns says whether they keep the grid. */
function createPlacer(
  { request, plan }: Job,
  places: Places,
  log: RowLog,
): (columns: readonly Float64Array[], from: number, to: number, instrument: number) => boolean {
  const { cuts, grid } = plan;
  // Of each instrument: the block it has come to, its rows there so far, its rows in all, its last time.
  const blockOf = new Int32Array(request.symbols.length);
  const filled = new Int32Array(request.symbols.length);
  const taken = new Float64Array(request.symbols.length);
  const before = new Float64Array(request.symbols.length).fill(Number.NEGATIVE_INFINITY);
  return (columns, from, to, i) => {
    const time = columns[0]!;
    if (grid !== undefined) {
      for (let r = from, g = taken[i]!; r < to; r++, g++) if (time[r] !== grid[g]) return false;
    }
    taken[i]! += to - from;
    let last = before[i]!;
    for (let start = from, end = from; start < to; start = end) {
      let b = blockOf[i]!;
      let left = places.count(b, i) - filled[i]!;
      while (left === 0) {
        left = places.count(++b, i);
        filled[i] = 0;
      }
      blockOf[i] = b;
      end = Math.min(to, start + left);
      const first = time[start]!;
      for (let r = start; r < end; r++) {
        if (!(time[r]! > last)) throw unsorted(request, i);
        last = time[r]!;
      }
      if (!(first >= cuts[b]! && last < cuts[b + 1]!)) throw unsorted(request, i);
      log.put(columns, start, end, { block: b, row: places.start(b, i) + filled[i]!, instrument: i });
      filled[i]! += end - start;
    }
    before[i] = last;
    return true;
  };
}

function unsorted(request: TapeRequest, instrument: number): SigmaError {
  return new SigmaError('data/unsorted', `times of ${request.symbols[instrument]} do not rise`, {
    where: request.file,
    hint: 'import the data again',
  });
}
