/** Bars in memory as a stream of blocks: per instrument contiguous runs, rows ordered in time, bounded memory beside the bars themselves. */
import { invariant } from '../core/index.ts';
import { type Bars, type Block, type BlockSource, barCount, type Timeframe } from '../model/index.ts';
import { completionTimes } from './completion.ts';
import { gridBetween, gridBlocks, sharedTimes } from './grid-blocks.ts';

/**
 * Rows of a block of one instrument: its columns, signals and all, are passed over several times and should stay in the
 * cache meanwhile.
 */
const ROWS_OF_ONE = 16_384;
const ROWS_OF_MANY = 65_536;

export type BlockOptions = {
  /** Most rows in one block; a block always holds at least one instant. */
  readonly rowsPerBlock?: number;
};

/**
 * Merges bars by the time at which they complete. All must share one timeframe.
 * One instrument is not copied; several are copied a block at a time into reused memory, those that share all times only
 * as far as columns are read.
 */
export function blocksFromBars(bars: readonly Bars[], options: BlockOptions = {}): BlockSource {
  const first = bars[0];
  invariant(first !== undefined, 'blocks need at least one instrument');
  invariant(
    bars.every((b) => b.timeframe === first.timeframe),
    'bars of one source share a timeframe',
  );
  const rowsPerBlock = Math.max(options.rowsPerBlock ?? (bars.length === 1 ? ROWS_OF_ONE : ROWS_OF_MANY), bars.length);
  const times = sharedTimes(bars);
  const blocks = (): Iterable<Block> => {
    if (bars.length === 1) return slices(first, rowsPerBlock);
    return times === undefined ? merged(bars, rowsPerBlock) : gridBlocks(bars, times, rowsPerBlock);
  };
  return {
    instruments: bars.map((b) => b.instrument),
    timeframe: first.timeframe,
    closeOnly: bars.every((b) => b.closeOnly),
    rows: bars.reduce((sum, b) => sum + barCount(b), 0),
    times,
    between: times === undefined || bars.length === 1 ? undefined : gridBetween(bars, times),
    blocks,
  };
}

function* slices(bars: Bars, rowsPerBlock: number): Iterable<Block> {
  const total = barCount(bars);
  const size = Math.min(rowsPerBlock, total);
  const at = new Float64Array(size);
  const instrument = new Int32Array(size);
  const order = Int32Array.from({ length: size }, (_, i) => i);
  for (let from = 0; from < total; from += size) {
    const to = Math.min(from + size, total);
    const rows = to - from;
    const time = bars.time.subarray(from, to);
    completionTimes(bars.timeframe, time, at, 0, rows);
    yield {
      rows,
      time,
      open: bars.open.subarray(from, to),
      high: bars.high.subarray(from, to),
      low: bars.low.subarray(from, to),
      close: bars.close.subarray(from, to),
      volume: bars.volume.subarray(from, to),
      at: at.subarray(0, rows),
      instants: at.subarray(0, rows),
      instrument: instrument.subarray(0, rows),
      starts: Int32Array.of(0, rows),
      order: order.subarray(0, rows),
    };
  }
}

function* merged(bars: readonly Bars[], rowsPerBlock: number): Iterable<Block> {
  const cursor = new Int32Array(bars.length);
  const builder = createBlockBuilder(bars.length, rowsPerBlock);
  for (;;) {
    const cut = cutTime(bars, cursor, rowsPerBlock);
    if (cut === undefined) return;
    const first = cursor.slice();
    builder.clear();
    bars.forEach((b, i) => {
      const from = cursor[i]!;
      const to = firstAfter(b.time, from, cut);
      builder.append(i, b, from, to);
      cursor[i] = to;
    });
    const timeframe = bars[0]!.timeframe;
    yield { ...builder.build(timeframe), whole: { bars, first } };
  }
}

/** The latest open time such that no instrument has more rows up to it than its share of a block. */
function cutTime(bars: readonly Bars[], cursor: Int32Array, rowsPerBlock: number): number | undefined {
  let active = 0;
  for (let i = 0; i < bars.length; i++) if (cursor[i]! < barCount(bars[i]!)) active++;
  if (active === 0) return undefined;
  const share = Math.max(1, Math.floor(rowsPerBlock / active));
  let cut = Number.POSITIVE_INFINITY;
  for (let i = 0; i < bars.length; i++) {
    const last = cursor[i]! + share - 1;
    const time = bars[i]!.time;
    if (last < time.length) cut = Math.min(cut, time[last]!);
  }
  return cut;
}

function firstAfter(times: Float64Array, from: number, time: number): number {
  let low = from;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface BlockBuilder {
  clear(): void;
  /** Adds rows [from, to) as the run of an instrument; instruments are added in ascending order. */
  append(
    instrument: number,
    bars: Pick<Bars, 'time' | 'open' | 'high' | 'low' | 'close' | 'volume'>,
    from: number,
    to: number,
  ): void;
  /** The block of what was added; its memory is reused by the next. */
  build(timeframe: Timeframe): Block;
}

/** Reused memory for blocks of up to `capacity` rows. */
export function createBlockBuilder(instruments: number, capacity: number): BlockBuilder {
  const column = (): Float64Array => new Float64Array(capacity);
  const columns = { time: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
  const at = column();
  const keys = column();
  const instrument = new Int32Array(capacity);
  const order = new Int32Array(capacity);
  const starts = new Int32Array(instruments + 1);
  let rows = 0;
  let next = 0;
  return {
    clear: () => {
      rows = 0;
      next = 0;
    },
    append: (index, bars, from, to) => {
      invariant(rows + to - from <= capacity, 'block capacity');
      while (next <= index) starts[next++] = rows;
      for (const name of ['time', 'open', 'high', 'low', 'close', 'volume'] as const)
        columns[name].set(bars[name].subarray(from, to), rows);
      instrument.fill(index, rows, rows + to - from);
      rows += to - from;
    },
    build: (timeframe) => {
      while (next <= instruments) starts[next++] = rows;
      completionTimes(timeframe, columns.time, at, 0, rows);
      orderRows(order, at, instrument, starts, rows, keys);
      return {
        rows,
        time: columns.time.subarray(0, rows),
        open: columns.open.subarray(0, rows),
        high: columns.high.subarray(0, rows),
        low: columns.low.subarray(0, rows),
        close: columns.close.subarray(0, rows),
        volume: columns.volume.subarray(0, rows),
        at: at.subarray(0, rows),
        instrument: instrument.subarray(0, rows),
        starts: starts.slice(),
        order: order.subarray(0, rows),
      };
    },
  };
}

/** Fills `order` with the permutation of rows by (at, instrument). */
export function orderRows(
  order: Int32Array,
  at: Float64Array,
  instrument: Int32Array,
  starts: Int32Array,
  rows: number,
  keys: Float64Array,
): void {
  const instruments = starts.length - 1;
  if (aligned(at, starts)) {
    const length = rows / instruments;
    for (let t = 0, k = 0; t < length; t++) for (let i = 0; i < instruments; i++) order[k++] = starts[i]! + t;
    return;
  }
  let base = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let whole = true;
  for (let r = 0; r < rows; r++) {
    base = Math.min(base, at[r]!);
    last = Math.max(last, at[r]!);
    whole = whole && Number.isInteger(at[r]!);
  }
  if (whole && (last - base + 1) * instruments < Number.MAX_SAFE_INTEGER) {
    // (time, instrument) as one exact number: the native numeric sort is several times faster than a comparator.
    for (let r = 0; r < rows; r++) keys[r] = (at[r]! - base) * instruments + instrument[r]!;
    keys.subarray(0, rows).sort();
    const cursor = starts.slice();
    for (let k = 0; k < rows; k++) order[k] = cursor[keys[k]! % instruments]!++;
    return;
  }
  const sorted = order.subarray(0, rows);
  for (let r = 0; r < rows; r++) sorted[r] = r;
  sorted.sort((a, b) => at[a]! - at[b]! || instrument[a]! - instrument[b]!);
}

/** True when every instrument has the same completion times. */
function aligned(at: Float64Array, starts: Int32Array): boolean {
  const length = starts[1]! - starts[0]!;
  for (let i = 1; i + 1 < starts.length; i++) {
    if (starts[i + 1]! - starts[i]! !== length) return false;
    for (let t = 0; t < length; t++) if (at[starts[i]! + t] !== at[t]) return false;
  }
  return true;
}
