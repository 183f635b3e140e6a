/** Bars of several instruments that share all their times as blocks: nothing is merged, and a column is copied when somebody reads it. */
import type { BarField, Bars, Block, WholeBars } from '../model/index.ts';
import { completionTimes } from './completion.ts';

/** The open times that all instruments have in common; undefined when one of them has others. */
export function sharedTimes(bars: readonly Bars[]): Float64Array | undefined {
  const time = bars[0]!.time;
  return bars.every((b) => sameTimes(time, b.time)) ? time : undefined;
}

function sameTimes(a: Float64Array, b: Float64Array): boolean {
  return a === b || (a.length === b.length && bytesOf(a).equals(bytesOf(b)));
}

/** Bytes are compared several times faster than numbers. */
function bytesOf({ buffer, byteOffset, byteLength }: Float64Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** @param time as `sharedTimes` has it */
export function* gridBlocks(bars: readonly Bars[], time: Float64Array, rowsPerBlock: number): Iterable<Block> {
  const size = Math.min(time.length, Math.max(1, Math.floor(rowsPerBlock / bars.length)));
  const memory = createMemory(size * bars.length);
  let shape = shapeOf(bars.length, size);
  for (let from = 0; from < time.length; from += size) {
    const length = Math.min(size, time.length - from);
    if (length !== shape.length) shape = shapeOf(bars.length, length);
    yield new GridBlock({ bars, from, shape, ...timesOf(bars, time, from, from + length), memory });
  }
}

/** Rows [from, to) of all instruments as one block, in memory of its own. */
export function gridBetween(bars: readonly Bars[], time: Float64Array): (from: number, to: number) => Block {
  const instant = shapeOf(bars.length, 1);
  return (from, to) => {
    const { opens, instants } = timesOf(bars, time, from, to);
    const laidOut = (): Block => {
      const shape = to - from === 1 ? instant : shapeOf(bars.length, to - from);
      return new GridBlock({ bars, from, shape, opens, instants, memory: createMemory(shape.rows) });
    };
    return to - from === 1 ? laidOut() : new UnreadBlock(bars, from, instants, laidOut);
  };
}

type Times = Pick<GridParts, 'opens' | 'instants'>;

/** When bars of rows [from, to) open and are complete. */
function timesOf(bars: readonly Bars[], time: Float64Array, from: number, to: number): Times {
  const instants = new Float64Array(to - from);
  const opens = time.subarray(from, to);
  completionTimes(bars[0]!.timeframe, opens, instants, 0, to - from);
  return { opens, instants };
}

/** Where rows lie in a block of so many instants: the same for all blocks of that length. */
type Shape = Pick<Block, 'rows' | 'starts' | 'instrument' | 'order'> & { readonly length: number };

function shapeOf(instruments: number, length: number): Shape {
  const rows = instruments * length;
  const instrument = new Int32Array(rows);
  const order = new Int32Array(rows);
  for (let i = 0; i < instruments; i++) instrument.fill(i, i * length, (i + 1) * length);
  for (let t = 0, k = 0; t < length; t++) for (let i = 0; i < instruments; i++) order[k++] = i * length + t;
  return { rows, length, instrument, order, starts: startsOf(instruments, length) };
}

function startsOf(instruments: number, length: number): Int32Array {
  return Int32Array.from({ length: instruments + 1 }, (_, i) => i * length);
}

/** A block that is laid out when somebody reads its rows. */
class UnreadBlock implements Block {
  readonly rows: number;
  readonly starts: Int32Array;
  readonly instants: Float64Array;
  readonly whole: WholeBars;
  readonly #layOut: () => Block;
  #block: Block | undefined;

  constructor(bars: readonly Bars[], from: number, instants: Float64Array, layOut: () => Block) {
    this.rows = bars.length * instants.length;
    this.starts = startsOf(bars.length, instants.length);
    this.instants = instants;
    this.whole = { bars, first: new Int32Array(bars.length).fill(from) };
    this.#layOut = layOut;
  }

  get instrument(): Int32Array {
    return this.#read().instrument;
  }
  get order(): Int32Array {
    return this.#read().order;
  }
  get at(): Float64Array {
    return this.#read().at;
  }
  get time(): Float64Array {
    return this.#read().time;
  }
  get open(): Float64Array {
    return this.#read().open;
  }
  get high(): Float64Array {
    return this.#read().high;
  }
  get low(): Float64Array {
    return this.#read().low;
  }
  get close(): Float64Array {
    return this.#read().close;
  }
  get volume(): Float64Array {
    return this.#read().volume;
  }

  #read(): Block {
    this.#block ??= this.#layOut();
    return this.#block;
  }
}

/** One column of each name, used by block after block. */
type Memory = (name: BarField | 'at') => Float64Array;

function createMemory(rows: number): Memory {
  const columns = new Map<string, Float64Array>();
  return (name) => {
    const column = columns.get(name) ?? new Float64Array(rows);
    columns.set(name, column);
    return column;
  };
}

type GridParts = {
  readonly bars: readonly Bars[];
  /** First row of the bars in this block. */
  readonly from: number;
  readonly shape: Shape;
  readonly opens: Float64Array;
  readonly instants: Float64Array;
  readonly memory: Memory;
};

type Column = Float64Array | undefined;

class GridBlock implements Block {
  readonly rows: number;
  readonly starts: Int32Array;
  readonly instrument: Int32Array;
  readonly order: Int32Array;
  readonly instants: Float64Array;
  readonly whole: WholeBars;
  readonly #parts: GridParts;
  #at: Column;
  #time: Column;
  #open: Column;
  #high: Column;
  #low: Column;
  #close: Column;
  #volume: Column;

  constructor(parts: GridParts) {
    const { rows, starts, instrument, order } = parts.shape;
    this.rows = rows;
    this.starts = starts;
    this.instrument = instrument;
    this.order = order;
    this.instants = parts.instants;
    this.whole = { bars: parts.bars, first: new Int32Array(parts.bars.length).fill(parts.from) };
    this.#parts = parts;
  }

  get at(): Float64Array {
    this.#at ??= this.#repeated('at', this.instants);
    return this.#at;
  }
  get time(): Float64Array {
    this.#time ??= this.#repeated('time', this.#parts.opens);
    return this.#time;
  }
  get open(): Float64Array {
    this.#open ??= this.#copied('open');
    return this.#open;
  }
  get high(): Float64Array {
    this.#high ??= this.#copied('high');
    return this.#high;
  }
  get low(): Float64Array {
    this.#low ??= this.#copied('low');
    return this.#low;
  }
  get close(): Float64Array {
    this.#close ??= this.#copied('close');
    return this.#close;
  }
  get volume(): Float64Array {
    this.#volume ??= this.#copied('volume');
    return this.#volume;
  }

  /** One instrument after another. */
  #copied(name: Exclude<BarField, 'time'>): Float64Array {
    const { bars, from, shape, memory } = this.#parts;
    const column = memory(name);
    for (let i = 0; i < bars.length; i++) {
      column.set(bars[i]![name].subarray(from, from + shape.length), i * shape.length);
    }
    return column.subarray(0, shape.rows);
  }

  /** The same times for one instrument after another. */
  #repeated(name: 'at' | 'time', times: Float64Array): Float64Array {
    const { shape, memory } = this.#parts;
    const column = memory(name);
    for (let start = 0; start < shape.rows; start += shape.length) column.set(times, start);
    return column.subarray(0, shape.rows);
  }
}
