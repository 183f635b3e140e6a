/**
 * Minimum spanning tree of mutual reachability (Campello, Moulavi and Sander 2013), grown from point 0 (Prim 1957). Edges are
 * ordered by (weight, lower point, higher point), so that one tree is the smallest however many weights are equal.
 */
import { assembler } from '../../../core/index.ts';
import { LANES, measureFrom, type PointMemory, perColumns, placeOf, squaredDistances } from '../point-memory.ts';

const { f64x2, get, i32, loop, routine, set, f64 } = assembler;

/** Edges in the order (weight, low, high). */
export type SpanningTree = {
  readonly points: number;
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** Squared mutual reachability distances. */
  readonly squared: Float64Array;
};

/** Fields of a point outside the tree: its squared core distance, the squared weight and the number of its best edge into the tree, its own number. */
export const TREE_FIELDS = 4;

const routines = perColumns((columns) => ({
  /**
   * grow(record, end, stride, core, point, points): offers every point in the records an edge to `point`, and returns the
   * number (low x points + high) of the best of all edges.
   */
  grow: routine(
    'grow',
    ({ parameter, local }) => {
      const [record, end, stride] = [parameter('i32'), parameter('i32'), parameter('i32')];
      const [core, point, points] = [parameter('f64'), parameter('f64'), parameter('f64')];
      const pair = () => local('f64x2');
      const [difference, weight, edge, better, best, bestEdge] = [pair(), pair(), pair(), pair(), pair(), pair()];
      const sums = [pair(), pair()];
      const [cores, self, all] = [pair(), pair(), pair()];
      const field = (half: number, k: number) => 8 * LANES * (columns + k) + 16 * half;
      const load = (half: number, k: number) => f64x2.load(get(record), field(half, k));
      /** Whether (a, b) comes before (c, d). */
      const before = (a: number[], b: number[], c: number[], d: number[]) =>
        f64x2.or(f64x2.less(a, c), f64x2.and(f64x2.equal(a, c), f64x2.less(b, d)));
      const code = (x: assembler.Code): number[] => [...x];
      const offer = (half: 0 | 1) => [
        ...set(weight, f64x2.larger(f64x2.larger(get(sums[half]!), get(cores)), load(half, 0))),
        ...set(
          edge,
          f64x2.add(
            f64x2.mul(f64x2.smaller(get(self), load(half, 3)), get(all)),
            f64x2.larger(get(self), load(half, 3)),
          ),
        ),
        ...set(better, before(code(get(weight)), code(get(edge)), code(load(half, 1)), code(load(half, 2)))),
        ...set(weight, f64x2.select(get(weight), load(half, 1), get(better))),
        ...set(edge, f64x2.select(get(edge), load(half, 2), get(better))),
        ...f64x2.store(get(record), get(weight), field(half, 1)),
        ...f64x2.store(get(record), get(edge), field(half, 2)),
        ...set(better, before(code(get(weight)), code(get(edge)), code(get(best)), code(get(bestEdge)))),
        ...set(best, f64x2.select(get(weight), get(best), get(better))),
        ...set(bestEdge, f64x2.select(get(edge), get(bestEdge), get(better))),
      ];
      return [
        ...set(cores, f64x2.both(get(core))),
        ...set(self, f64x2.both(get(point))),
        ...set(all, f64x2.both(get(points))),
        ...set(best, f64x2.both(f64.constant(Number.POSITIVE_INFINITY))),
        ...set(bestEdge, get(best)),
        ...loop(
          i32.less(get(record), get(end)),
          squaredDistances(columns, record, difference, sums),
          offer(0),
          offer(1),
          set(record, i32.add(get(record), get(stride))),
        ),
        // The better of both lanes, by their first; the caller reads its weight from the point.
        ...set(weight, f64x2.seconds(get(best), get(best))),
        ...set(edge, f64x2.seconds(get(bestEdge), get(bestEdge))),
        ...set(better, before(code(get(weight)), code(get(edge)), code(get(best)), code(get(bestEdge)))),
        ...f64x2.lane(f64x2.select(get(edge), get(bestEdge), get(better)), 0),
      ];
    },
    'f64',
  ),
}));

/**
 * @param memory points packed with `TREE_FIELDS` fields; their order in it is lost
 * @param core squared core distance of each point
 */
export function spanningTree(memory: PointMemory, core: Float64Array): SpanningTree {
  const { doubles, start, stride, columns, points: n } = memory;
  const { grow } = routines(memory);
  const fields = LANES * columns;
  for (let i = 0; i < memory.records * LANES; i++) {
    const at = placeOf(memory, i) + fields;
    // Lanes without a point are never the best.
    doubles[at] = i < n ? core[i]! : Number.POSITIVE_INFINITY;
    doubles[at + LANES] = Number.POSITIVE_INFINITY;
    doubles[at + 2 * LANES] = Number.POSITIVE_INFINITY;
    doubles[at + 3 * LANES] = i < n ? i : Number.POSITIVE_INFINITY;
  }
  const places = Int32Array.from({ length: n }, (_, i) => i);
  let outside = n;
  /** Measures from a point from now on and takes it out: the last one outside moves to its place. */
  const take = (point: number): void => {
    const place = places[point]!;
    const at = placeOf(memory, place);
    measureFrom(memory, (k) => doubles[at + LANES * k]!);
    const last = placeOf(memory, --outside);
    for (let k = 0; k < columns + TREE_FIELDS; k++) doubles[at + LANES * k] = doubles[last + LANES * k]!;
    for (let k = 0; k < TREE_FIELDS; k++) doubles[last + fields + LANES * k] = Number.POSITIVE_INFINITY;
    if (place !== outside) places[doubles[at + fields + 3 * LANES]!] = place;
    places[point] = -1;
  };
  const count = Math.max(0, n - 1);
  const tree = { points: n, low: new Int32Array(count), high: new Int32Array(count), squared: new Float64Array(count) };
  for (let edges = 0, point = 0; edges < count; edges++) {
    take(point);
    const end = start + Math.ceil(outside / LANES) * stride;
    const edge = grow(start, end, stride, core[point]!, point, n);
    const low = Math.floor(edge / n);
    const high = edge - low * n;
    point = places[low]! < 0 ? high : low;
    tree.low[edges] = low;
    tree.high[edges] = high;
    tree.squared[edges] = doubles[placeOf(memory, places[point]!) + fields + LANES]!;
  }
  return sorted(tree);
}

function sorted({ points, low, high, squared }: SpanningTree): SpanningTree {
  const order = Int32Array.from(low, (_, k) => k).sort(
    (a, b) => squared[a]! - squared[b]! || low[a]! - low[b]! || high[a]! - high[b]!,
  );
  return {
    points,
    low: Int32Array.from(order, (k) => low[k]!),
    high: Int32Array.from(order, (k) => high[k]!),
    squared: Float64Array.from(order, (k) => squared[k]!),
  };
}
