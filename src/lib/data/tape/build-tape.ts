/** Building a tape: Parquet sorted by symbol streams through once, and each run of rows goes straight to its place in its block. */
import type { DuckDBResult } from '@duckdb/node-api';
import { invariant, SigmaError } from '../../core/index.ts';
import { completionTimes, orderRows } from '../../frame/index.ts';
import type { Timeframe } from '../../model/index.ts';
import { atomicWrite } from '../atomic.ts';
import { doubles, identifier, reading, streamRows } from '../duckdb.ts';
import { describeParquet, type ParquetShape } from '../parquet/describe.ts';
import { symbolCode } from '../parquet/read-parquet.ts';
import { planTape, type TapePlan } from './plan-tape.ts';
import { alignedOrder } from './read-tape.ts';
import {
  align,
  blockBytes,
  encodeIndex,
  readExactly,
  TAPE_VERSION,
  type TapeField,
  type TapeIndex,
} from './tape-format.ts';
import { createTarget, type TapeTarget } from './tape-target.ts';

export type TapeRequest = {
  readonly file: string;
  readonly symbols: readonly string[];
  readonly timeframe: Timeframe;
  readonly closeOnly: boolean;
  readonly key: string;
};

/** Rows of a block: its columns stay in the second or third cache level while the events of a block pass. */
const ROWS_PER_BLOCK = 131_072;

/** @throws SigmaError store/write-failed, data/unreadable, data/unsorted */
export async function buildTape(path: string, request: TapeRequest, rowsPerBlock = ROWS_PER_BLOCK): Promise<void> {
  const shape = await describeParquet(request.file, {});
  const { layout } = shape;
  invariant(layout.kind === 'long', 'stored data sets have one row a bar');
  const { symbols } = request;
  const code = layout.columns.symbol === undefined ? '0::DOUBLE' : symbolCode(layout.columns.symbol, symbols);
  const fields: TapeField[] = request.closeOnly ? ['time', 'close'] : ['time', 'open', 'high', 'low', 'close'];
  if (layout.columns.volume !== undefined) fields.push('volume');
  const symbol = layout.columns.symbol === undefined ? '0' : identifier(layout.columns.symbol);
  const plan = await planTape(
    {
      relation: shape.relation,
      column: identifier(layout.columns.time!),
      time: shape.time.milliseconds,
      symbol,
      code,
      instruments: symbols.length,
      where: request.file,
    },
    Math.max(rowsPerBlock, symbols.length),
  );
  const places = layOut(plan, symbols.length, fields.length);
  await atomicWrite(path, async (temporary) => {
    const target = await createTarget(temporary, places.end);
    try {
      await fillBlocks(target, { request, shape, code, fields, plan, places });
      target.flush();
      finish(target, request, fields, plan, places);
    } finally {
      await target.close();
    }
  });
}

type Places = {
  readonly offsets: Float64Array;
  readonly rows: Int32Array;
  readonly starts: Int32Array;
  readonly end: number;
};

function layOut(plan: TapePlan, instruments: number, fields: number): Places {
  const blocks = plan.counts.length / instruments;
  const offsets = new Float64Array(blocks);
  const rows = new Int32Array(blocks);
  const starts = new Int32Array(blocks * (instruments + 1));
  let end = 0;
  for (let b = 0; b < blocks; b++) {
    let sum = 0;
    for (let i = 0; i < instruments; i++) {
      sum += plan.counts[b * instruments + i]!;
      starts[b * (instruments + 1) + i + 1] = sum;
    }
    offsets[b] = end;
    rows[b] = sum;
    end += blockBytes(sum, fields);
  }
  return { offsets, rows, starts, end };
}

type Job = {
  readonly request: TapeRequest;
  readonly shape: ParquetShape;
  readonly code: string;
  readonly fields: readonly TapeField[];
  readonly plan: TapePlan;
  readonly places: Places;
};

async function fillBlocks(target: TapeTarget, job: Job): Promise<void> {
  const { request, shape, code, fields } = job;
  const { layout } = shape;
  if (layout.kind !== 'long') return;
  const select = [
    code,
    ...fields.map((f) => (f === 'time' ? shape.time.milliseconds : identifier(layout.columns[f]!))),
  ];
  const columns = select.map((s, i) => `coalesce(${s}::DOUBLE, 'nan'::DOUBLE) AS c${i}`).join(', ');
  const result = await streamRows(`SELECT ${columns} FROM ${shape.relation}`, request.file);
  await reading(request.file, () => scatter(result, target, job));
}

async function scatter(
  result: DuckDBResult,
  target: TapeTarget,
  { request, fields, plan, places }: Job,
): Promise<void> {
  const instruments = request.symbols.length;
  const filled = new Int32Array(plan.counts.length);
  const before = new Float64Array(instruments).fill(Number.NEGATIVE_INFINITY);
  const blockOf = new Int32Array(instruments);
  const columns: Float64Array[] = new Array(fields.length);
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const codes = doubles(chunk.getColumnVector(0));
    for (let f = 0; f < fields.length; f++) columns[f] = doubles(chunk.getColumnVector(f + 1));
    const time = columns[0]!;
    for (let from = 0; from < chunk.rowCount; ) {
      const i = codes[from]!;
      let b = blockOf[i]!;
      while (time[from]! >= plan.cuts[b + 1]!) b++;
      blockOf[i] = b;
      const end = plan.cuts[b + 1]!;
      let last = before[i]!;
      let to = from;
      for (; to < chunk.rowCount && codes[to] === i && time[to]! < end; to++) {
        if (!(time[to]! > last)) throw unsorted(request, i);
        last = time[to]!;
      }
      if (to === from) throw unsorted(request, i);
      before[i] = last;
      const run = places.starts[b * (instruments + 1) + i]! + filled[b * instruments + i]!;
      const span = align(places.rows[b]! * 8);
      for (let f = 0; f < fields.length; f++)
        target.put(columns[f]!.subarray(from, to), places.offsets[b]! + f * span + run * 8);
      filled[b * instruments + i]! += to - from;
      from = to;
    }
  }
}

function unsorted(request: TapeRequest, instrument: number): SigmaError {
  return new SigmaError('data/unsorted', `times of ${request.symbols[instrument]} do not rise`, {
    where: request.file,
    hint: 'import the data again',
  });
}

/** Writes the orders of the blocks whose instruments differ in their times, then the index. */
function finish(
  target: TapeTarget,
  request: TapeRequest,
  fields: readonly TapeField[],
  plan: TapePlan,
  places: Places,
): void {
  const width = request.symbols.length + 1;
  const capacity = places.rows.reduce((most, n) => Math.max(most, n), 0);
  const time = new Float64Array(capacity);
  const at = new Float64Array(capacity);
  const keys = new Float64Array(capacity);
  const order = new Int32Array(capacity);
  const expected = new Int32Array(capacity);
  const instrument = new Int32Array(capacity);
  let end = places.end;
  const blocks: TapeIndex['blocks'] = [];
  for (let b = 0; b < places.rows.length; b++) {
    const rows = places.rows[b]!;
    const starts = places.starts.subarray(b * width, (b + 1) * width);
    readExactly(target.fd, new Uint8Array(time.buffer, 0, rows * 8), places.offsets[b]!);
    for (let i = 0; i + 1 < width; i++) instrument.fill(i, starts[i]!, starts[i + 1]!);
    completionTimes(request.timeframe, time, at, 0, rows);
    orderRows(order, at, instrument, starts, rows, keys);
    const aligned = isAligned(order, expected, starts, rows);
    const first = time[order[0]!]!;
    blocks.push({ offset: places.offsets[b]!, rows, order: aligned ? -1 : end, first, last: time[order[rows - 1]!]! });
    if (aligned) continue;
    target.put(order.subarray(0, rows), end);
    end += align(rows * 4);
  }
  target.put(places.starts, end);
  const starts = end;
  end += align(places.starts.byteLength);
  const index: TapeIndex = {
    version: TAPE_VERSION,
    key: request.key,
    symbols: [...request.symbols],
    fields: [...fields],
    rows: plan.rows,
    blocks,
    starts,
  };
  target.put(encodeIndex(index, end), end);
}

function isAligned(order: Int32Array, expected: Int32Array, starts: Int32Array, rows: number): boolean {
  for (let i = 1; i + 1 < starts.length; i++) if (starts[i + 1]! - starts[i]! !== starts[1]!) return false;
  alignedOrder(expected, starts, rows);
  for (let k = 0; k < rows; k++) if (order[k] !== expected[k]) return false;
  return true;
}
