/** A block prepared once for all sets: its instants, where each instrument's row lies in them, and the price each is worth. */
import { type BarColumns, type Block, instantEnd, timeAt } from '../model/index.ts';

export type Stretch = {
  readonly block: Block;
  readonly instants: number;
  /** Rows order[bounds[t] .. bounds[t + 1]) complete at instant t. */
  readonly bounds: Int32Array;
  /** When instant t is. */
  readonly at: Float64Array;
  /** Row of instrument i at instant t is rows[t * instruments + i], -1 without one; null when it is starts[i] + t. */
  readonly rows: Int32Array | null;
  /** Last known close of instrument i at instant t is closes[i][origin[i] + t * step]; NaN before its first. */
  readonly closes: readonly Float64Array[];
  readonly origin: Int32Array;
  readonly step: number;
  /** Every row is known to have a close above zero. */
  readonly priced: boolean;
};

/** Row of an instrument at an instant of the stretch, -1 without one. */
export function rowOf({ rows, block }: Stretch, instrument: number, instant: number): number {
  return rows === null ? block.starts[instrument]! + instant : rows[instant * (block.starts.length - 1) + instrument]!;
}

/** The columns that bars of an instrument are read from, where they lie whole in memory from there. */
export function barsOf({ block }: Stretch, instrument: number): BarColumns {
  return block.whole === undefined ? block : block.whole.bars[instrument]!;
}

/** Where a row of an instrument is among its bars. */
export function placeOf({ block }: Stretch, instrument: number, row: number): number {
  const { whole, starts } = block;
  return whole === undefined ? row : whole.first[instrument]! + row - starts[instrument]!;
}

/** A bar of a row that is there is known to have a close. */
export function isPriced({ rows, block }: Stretch, row: number): boolean {
  return rows === null || block.close[row] === block.close[row];
}

/** Makes stretches of successive blocks; each reuses the memory of the one before. */
export interface StretchMaker {
  next(block: Block): Stretch;
}

/** @param priced every row is known to have a close above zero */
export function createStretchMaker(instruments: number, priced = false): StretchMaker {
  /** Last known close of each instrument before the block. */
  const carried = new Float64Array(instruments).fill(Number.NaN);
  const columns = Int32Array.from({ length: instruments }, (_, i) => i);
  let bounds = new Int32Array(0);
  /** So many of the bounds are those of instants that every instrument has. */
  let even = 0;
  let times = new Float64Array(0);
  let rows = new Int32Array(0);
  let closes = new Float64Array(0);
  let bars: readonly BarColumns[] = [];
  let own: readonly Float64Array[] = [];

  /** When the instants of a block are; their bounds in its order are left in `bounds`. */
  const findInstants = (block: Block): Float64Array => {
    const instants = instruments === 1 ? block.at : block.instants;
    const most = instants?.length ?? block.rows;
    if (bounds.length <= most) {
      bounds = new Int32Array(most + 1);
      even = 0;
    }
    if (instants !== undefined) {
      for (; even <= instants.length; even++) bounds[even] = even * instruments;
      return instants;
    }
    even = 0;
    if (times.length < block.rows) times = new Float64Array(block.rows);
    let count = 0;
    for (let from = 0; from < block.rows; count++) {
      bounds[count] = from;
      times[count] = timeAt(block, from);
      from = instantEnd(block, from);
    }
    bounds[count] = block.rows;
    return times.subarray(0, count);
  };

  /** Closes of each instrument where its bars lie whole; undefined where they do not. */
  const ownCloses = ({ whole }: Block): readonly Float64Array[] | undefined => {
    if (whole === undefined) return undefined;
    if (whole.bars !== bars) {
      bars = whole.bars;
      own = bars.map((each) => each.close);
    }
    return own;
  };

  const repeated = (column: Float64Array): readonly Float64Array[] => new Array<Float64Array>(instruments).fill(column);

  const carry = ({ starts, close }: Block): void => {
    for (let i = 0; i < instruments; i++) {
      let row = starts[i + 1]! - 1;
      while (row >= starts[i]! && Number.isNaN(close[row]!)) row--;
      if (row >= starts[i]!) carried[i] = close[row]!;
    }
  };

  const spread = (block: Block, instants: number): void => {
    const size = instants * instruments;
    if (rows.length < size) {
      rows = new Int32Array(size);
      closes = new Float64Array(size);
    }
    const last = Float64Array.from(carried);
    rows.fill(-1, 0, size);
    for (let t = 0; t < instants; t++) {
      const base = t * instruments;
      for (let k = bounds[t]!; k < bounds[t + 1]!; k++) {
        const row = block.order[k]!;
        const i = block.instrument[row]!;
        rows[base + i] = row;
        const price = block.close[row]!;
        if (price === price) last[i] = price;
      }
      closes.set(last, base);
    }
  };

  return {
    next: (block) => {
      const at = findInstants(block);
      const instants = at.length;
      // Where one block is known to be a grid all are: nothing is carried from one to the next.
      const known = priced && (instruments === 1 || block.instants !== undefined);
      const grid = known || isGrid(block, instants, bounds);
      if (!grid) spread(block, instants);
      if (!known) carry(block);
      const where = grid ? ownCloses(block) : undefined;
      return {
        block,
        instants,
        bounds,
        at,
        priced,
        rows: grid ? null : rows,
        closes: where ?? repeated(grid ? block.close : closes),
        origin: !grid ? columns : where === undefined ? block.starts : block.whole!.first,
        step: grid ? 1 : instruments,
      };
    },
  };
}

/** Every instrument has a priced row at every instant. */
function isGrid({ rows, starts, close }: Block, instants: number, bounds: Int32Array): boolean {
  const instruments = starts.length - 1;
  if (rows !== instants * instruments) return false;
  for (let i = 0; i < instruments; i++) if (starts[i + 1]! - starts[i]! !== instants) return false;
  for (let t = 0; t < instants; t++) if (bounds[t + 1]! - bounds[t]! !== instruments) return false;
  for (let r = 0; r < rows; r++) if (close[r]! !== close[r]!) return false;
  return true;
}
