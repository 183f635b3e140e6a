/** Matrix profile: for each window of a series its nearest other window (Yeh et al. 2016), found diagonal by diagonal. */
import { workMemory } from '../../core/index.ts';
import {
  COLUMN_COUNT,
  COLUMNS,
  type Comparison,
  correlation,
  DIAGONALS,
  diagonalRoutine,
  nearness,
} from './diagonal-code.ts';
import { comoment, requireExclusion, type Windows, windowsOf } from './windows.ts';

export type MatrixProfileOptions = {
  /** Whether windows are compared by shape, less their mean and over their standard deviation (true), or as they are. */
  readonly normalise?: boolean;
  /** Windows that start this near to a window, or nearer, are not its neighbours: a quarter of the length, rounded up, by default. */
  readonly exclusion?: number;
};

export type MatrixProfile = {
  /** Euclidean distance of each window to its nearest neighbour; infinite where it has none. */
  readonly distance: Float64Array;
  /** Where the nearest neighbour starts; of equally near ones the first; -1 for none. */
  readonly index: Int32Array;
  /** The nearest among earlier and among later windows, -1 for none. */
  readonly left: Int32Array;
  readonly right: Int32Array;
};

/** Rows after which carried sums are computed anew, so that rounding does not pile up. */
const BLOCK = 2048;

/**
 * Time grows with the square of the series and does not depend on the length of the windows. Windows with a missing value (NaN
 * or infinite) have no neighbours. Compared by shape, two windows that do not vary, or by rounding only, are at distance 0, one
 * that does not and one that does at sqrt(length).
 * @throws SigmaError `usage/bad-option` for windows below 3 values or an exclusion below 0, `study/too-short` for a series shorter than a window
 */
export function matrixProfile(series: Float64Array, length: number, options: MatrixProfileOptions = {}): MatrixProfile {
  const { normalise = true, exclusion = Math.ceil(length / 4) } = options;
  requireExclusion(exclusion);
  const windows = windowsOf(series, length);
  const { columns, walk, carried } = load(windows, normalise);
  const start = normalise ? comoment : negatedSquare;
  const { count } = windows;
  for (let from = 0; from < count; from += BLOCK)
    for (let apart = Math.floor(exclusion) + 1; from + apart < count; apart += DIAGONALS) {
      for (let k = 0; k < DIAGONALS; k++)
        carried[k] = from + apart + k < count ? start(windows, from, from + apart + k) : 0;
      walk(8 * from, 8 * (from + apart), 8 * Math.min(from + BLOCK, count - apart));
    }
  return profileOf(columns, count, normalise ? ofCorrelation(length) : (nearest) => Math.sqrt(Math.max(0, -nearest)));
}

/** Distance of windows with this correlation: sqrt(2 m (1 - r)). */
export const ofCorrelation = (length: number) => (r: number) => Math.sqrt(Math.max(0, 2 * length * (1 - r)));

function negatedSquare({ values, length }: Windows, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += (values[i + k]! - values[j + k]!) ** 2;
  return -sum;
}

type Loaded = {
  readonly columns: Readonly<Record<keyof typeof COLUMNS, Float64Array>>;
  readonly carried: Float64Array;
  readonly walk: (i: number, j: number, end: number) => number;
};

/** Routines by the length of their columns and by comparison: lengths are powers of two, so there are few. */
const known = new Map<string, ReturnType<typeof diagonalRoutine>>();

function routineFor(rows: number, kind: string, comparison: () => Comparison): ReturnType<typeof diagonalRoutine> {
  const key = `${kind} ${rows}`;
  const found = known.get(key) ?? diagonalRoutine(rows, comparison());
  known.set(key, found);
  return found;
}

function load(windows: Windows, normalise: boolean): Loaded {
  const { count, inverse } = windows;
  const rows = 2 ** Math.ceil(Math.log2(Math.max(1024, count + DIAGONALS + 1)));
  const memory = workMemory(8 * (COLUMN_COUNT * rows + DIAGONALS));
  const column = (c: keyof typeof COLUMNS) => new Float64Array(memory.buffer, 8 * rows * COLUMNS[c], rows);
  const columns = {
    ...{ first: column('first'), second: column('second'), scale: column('scale'), shift: column('shift') },
    ...{ left: column('left'), leftAt: column('leftAt'), right: column('right'), rightAt: column('rightAt') },
  };
  const flat = inverse.includes(0);
  for (const c of [columns.left, columns.right]) c.fill(Number.NEGATIVE_INFINITY);
  for (const c of [columns.leftAt, columns.rightAt]) c.fill(Number.POSITIVE_INFINITY);
  // Beyond the last window, and at windows with a missing value, nothing is alike.
  for (const c of [columns.scale, columns.shift]) c.fill(Number.NaN);
  columns.scale.set(inverse);
  for (let i = 0; i < count; i++) {
    if (normalise) columns.shift[i] = inverse[i] === 0 ? 0.5 : 0;
    else columns.shift[i] = Number.isNaN(inverse[i]) ? Number.NaN : 0;
    setRecurrence(columns, windows, i, normalise);
  }
  const kind = normalise ? (flat ? 'shape with flat windows' : 'shape') : 'plain';
  const link = routineFor(rows, kind, () => (normalise ? correlation(flat) : nearness));
  return {
    columns,
    carried: new Float64Array(memory.buffer, 8 * rows * COLUMN_COUNT, DIAGONALS),
    walk: link(memory).walk,
  };
}

/** What window i adds to the carried sums of window i - 1. */
function setRecurrence(
  { first, second }: Pick<Loaded['columns'], 'first' | 'second'>,
  { values, length, mean }: Windows,
  i: number,
  normalise: boolean,
): void {
  if (i === 0) return;
  const [entered, left] = [values[i + length - 1]!, values[i - 1]!];
  first[i] = normalise ? (entered - left) / 2 : entered;
  second[i] = normalise ? entered - mean[i]! + (left - mean[i - 1]!) : left;
}

function profileOf(columns: Loaded['columns'], count: number, distanceOf: (likeness: number) => number): MatrixProfile {
  const profile = {
    distance: new Float64Array(count).fill(Number.POSITIVE_INFINITY),
    index: new Int32Array(count).fill(-1),
    left: new Int32Array(count).fill(-1),
    right: new Int32Array(count).fill(-1),
  };
  for (let i = 0; i < count; i++) {
    const [left, right] = [columns.left[i]!, columns.right[i]!];
    if (left > Number.NEGATIVE_INFINITY) profile.left[i] = columns.leftAt[i]!;
    if (right > Number.NEGATIVE_INFINITY) profile.right[i] = columns.rightAt[i]!;
    const nearest = Math.max(left, right);
    if (nearest === Number.NEGATIVE_INFINITY) continue;
    profile.index[i] = left >= right ? profile.left[i]! : profile.right[i]!;
    profile.distance[i] = distanceOf(nearest);
  }
  return profile;
}

/** The pair of windows that are most alike; undefined where no window has a neighbour. */
export function motif({
  distance,
  index,
}: MatrixProfile): { at: number; neighbour: number; distance: number } | undefined {
  const least = distance.reduce((best, d, i) => (d < distance[best]! ? i : best), 0);
  return index.length > 0 && index[least]! >= 0
    ? { at: least, neighbour: index[least]!, distance: distance[least]! }
    : undefined;
}

/** The window farthest from its nearest neighbour; undefined where no window has one. */
export function discord({ distance, index }: MatrixProfile): { at: number; distance: number } | undefined {
  let most = -1;
  for (let i = 0; i < distance.length; i++)
    if (index[i]! >= 0 && (most < 0 || distance[i]! > distance[most]!)) most = i;
  return most < 0 ? undefined : { at: most, distance: distance[most]! };
}
