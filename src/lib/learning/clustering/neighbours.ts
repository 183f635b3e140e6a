/** Nearest neighbours by measuring all points, four at once (docs/adr/0015): the same time whatever the data look like. */
import { assembler } from '../../core/index.ts';
import {
  LANES,
  measureFrom,
  type PointMemory,
  perColumns,
  placeOf,
  queryBytes,
  squaredDistances,
} from './point-memory.ts';

const { advance, f64x2, get, i32, loop, routine, set, when } = assembler;

/** Records scanned before the limit is brought up to date, at first and at most. */
const FIRST = 8;
const MOST = 256;
/** A record that has points within the limit leaves their four distances and its own address. */
const FOUND = 8 * LANES + 8;

const routines = perColumns((columns) => ({
  /** scan(record, end, stride, limit): reports records with a point whose squared distance is below the limit; returns where the reports end. */
  scan: routine(
    'scan',
    ({ parameter, local }) => {
      const [record, end, stride, limit] = [parameter('i32'), parameter('i32'), parameter('i32'), parameter('f64')];
      const [out, difference, sums] = [local('i32'), local('f64x2'), [local('f64x2'), local('f64x2')]];
      const below = sums.map((sum) => f64x2.less(get(sum), f64x2.both(get(limit))));
      return [
        ...set(out, i32.constant(queryBytes(columns))),
        ...loop(
          i32.less(get(record), get(end)),
          squaredDistances(columns, record, difference, sums),
          when(
            f64x2.anySet(f64x2.or(below[0]!, below[1]!)),
            ...sums.map((sum, half) => f64x2.store(get(out), get(sum), 16 * half)),
            i32.store(get(out), get(record), 8 * LANES),
            advance(out, FOUND),
          ),
          set(record, i32.add(get(record), get(stride))),
        ),
        ...get(out),
      ];
    },
    'i32',
  ),
}));

/** The nearest points found so far: squared distances ascending, equal ones by index. */
export type Nearest = { readonly squared: Float64Array; readonly index: Int32Array };
export type NeighbourSearch = {
  /** The `count` points nearest to the coordinates; the arrays are reused by the next call. */
  nearest(coordinate: (k: number) => number): Nearest;
};

export const SCAN_SCRATCH = MOST * FOUND;

/** Searches points packed with at least `SCAN_SCRATCH` bytes of scratch; `count` is at most their number. */
export function searchPacked(memory: PointMemory, count: number): NeighbourSearch {
  const { scan } = routines(memory);
  const found = { squared: new Float64Array(count), index: new Int32Array(count) };
  const { doubles, start, stride, records, points, columns } = memory;
  const addresses = new Int32Array(memory.work.buffer);
  const reports = queryBytes(columns) / 8;
  return {
    nearest: (coordinate) => {
      measureFrom(memory, coordinate);
      const { squared, index } = found;
      let held = 0;
      for (let from = 0, step = FIRST; from < records; from += step, step = Math.min(MOST, 2 * step)) {
        const limit = held < count ? Number.POSITIVE_INFINITY : squared[count - 1]!;
        const to = Math.min(records, from + step);
        const stop = scan(start + from * stride, start + to * stride, stride, limit) / 8;
        for (let at = reports; at < stop; at += FOUND / 8) {
          const first = ((addresses[2 * (at + LANES)]! - start) / stride) * LANES;
          for (let lane = 0; lane < LANES && first + lane < points; lane++) {
            const d = doubles[at + lane]!;
            if (held === count && !(d < squared[count - 1]!)) continue;
            let place = held < count ? held++ : count - 1;
            for (; place > 0 && squared[place - 1]! > d; place--) {
              squared[place] = squared[place - 1]!;
              index[place] = index[place - 1]!;
            }
            squared[place] = d;
            index[place] = first + lane;
          }
        }
      }
      return found;
    },
  };
}

export type CoreDistances = {
  /** Squared distance of each point to its `neighbours`-th nearest other point. */
  readonly squared: Float64Array;
  /** The same with one neighbour less. */
  readonly squaredBefore: Float64Array;
};

/** @param neighbours at least 1; all others where there are fewer */
export function coreDistances(memory: PointMemory, neighbours: number): CoreDistances {
  const { doubles, points } = memory;
  // A point is its own nearest.
  const count = Math.min(neighbours + 1, points);
  const search = searchPacked(memory, count);
  const core = { squared: new Float64Array(points), squaredBefore: new Float64Array(points) };
  for (let i = 0; i < points; i++) {
    const at = placeOf(memory, i);
    const { squared } = search.nearest((k) => doubles[at + LANES * k]!);
    core.squared[i] = squared[count - 1]!;
    core.squaredBefore[i] = squared[Math.max(0, count - 2)]!;
  }
  return core;
}
