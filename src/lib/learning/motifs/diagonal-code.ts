/**
 * Eight diagonals of the matrix of likenesses at once, in four registers. Along a diagonal (i, i + d) the likeness of the next
 * pair of windows follows from that of this one by a few products; the best of each window is kept on either side of it.
 */
import { assembler, compile } from '../../core/index.ts';

const { advance, f64, f64x2, get, i32, loop, routine, set, when } = assembler;
type Code = assembler.Code;

/** Diagonals walked side by side. */
export const DIAGONALS = 8;
const PAIRS = DIAGONALS / 2;

/** Columns of the memory, one after the other: two that the recurrence reads, two that the likeness reads, the best likeness and its window to the left and to the right. */
export const COLUMNS = { first: 0, second: 1, scale: 2, shift: 3, left: 4, leftAt: 5, right: 6, rightAt: 7 } as const;
type Column = keyof typeof COLUMNS;
export const COLUMN_COUNT = 8;

/** How two windows are compared. Codes give two doubles; `of` reads a column at windows i (in both lanes) or j. */
export type Comparison = {
  /** What is carried along the diagonal, brought from one pair of windows to the next. */
  readonly next: (carried: Code, i: (c: Column) => Code, j: (c: Column) => Code) => Code;
  /** The likeness of the pair, more is nearer; NaN where it has none. */
  readonly likeness: (carried: Code, i: (c: Column) => Code, j: (c: Column) => Code) => Code;
};

/** Correlations carry the sum of products of deviations, by Zimmerman et al. 2019 (SCAMP), eq. 2 to 5. */
export const correlation = (withFlat: boolean): Comparison => ({
  next: (carried, i, j) =>
    f64x2.add(f64x2.add(carried, f64x2.mul(i('first'), j('second'))), f64x2.mul(j('first'), i('second'))),
  likeness: (carried, i, j) => {
    const r = f64x2.mul(f64x2.mul(carried, i('scale')), j('scale'));
    return withFlat ? f64x2.add(r, f64x2.add(i('shift'), j('shift'))) : r;
  },
});

/** Plain distances carry the squared distance, negative: the values that enter are in `first`, those that left in `second`. */
export const nearness: Comparison = {
  next: (carried, i, j) => {
    const left = f64x2.sub(i('second'), j('second'));
    const entered = f64x2.sub(i('first'), j('first'));
    return f64x2.add(carried, f64x2.sub(f64x2.mul(left, left), f64x2.mul(entered, entered)));
  },
  likeness: (carried, i, j) => f64x2.add(carried, f64x2.add(i('shift'), j('shift'))),
};

/**
 * walk(i, j, end): from windows at byte offsets i and j (to j + 7 windows) until i reaches `end`; carried values are at the
 * end of the columns, each of `rows` doubles.
 */
export function diagonalRoutine(rows: number, { next, likeness }: Comparison) {
  const at = (c: Column): number => 8 * rows * COLUMNS[c];
  const carriedAt = 8 * rows * COLUMN_COUNT;
  return compile({
    walk: routine('walk', ({ parameter, local }) => {
      const [i, j, end] = [parameter('i32'), parameter('i32'), parameter('i32')];
      const carried = Array.from({ length: PAIRS }, () => local('f64x2'));
      const found = Array.from({ length: PAIRS }, () => local('f64x2'));
      const [best, better, ours, least] = [local('f64x2'), local('f64x2'), local('f64x2'), local('f64x2')];
      const value = local('f64');
      const ofI = (step: number) => (c: Column) => f64x2.loadBoth(get(i), at(c) + step);
      const ofJ = (pair: number, step: number) => (c: Column) => f64x2.load(get(j), at(c) + 16 * pair + step);
      /** Window number of a byte offset. */
      const window = (offset: Code): Code => f64.ofInteger(i32.shiftRight(offset, i32.constant(3)));

      const leftwards = (pair: number): Code => {
        const held = f64x2.load(get(j), at('left') + 16 * pair);
        const heldAt = f64x2.load(get(j), at('leftAt') + 16 * pair);
        const mine = get(found[pair]!);
        return [
          ...set(
            better,
            f64x2.or(f64x2.less(held, mine), f64x2.and(f64x2.equal(held, mine), f64x2.less(get(ours), heldAt))),
          ),
          ...f64x2.store(get(j), f64x2.select(mine, held, get(better)), at('left') + 16 * pair),
          ...f64x2.store(get(j), f64x2.select(get(ours), heldAt, get(better)), at('leftAt') + 16 * pair),
        ];
      };
      const rightwards = (pair: number, lane: 0 | 1): Code => {
        const held = f64.load(get(i), at('right'));
        const other = window(i32.add(get(j), i32.constant(8 * (2 * pair + lane))));
        return [
          ...set(value, f64x2.lane(get(found[pair]!), lane)),
          ...when(
            i32.or(
              f64.less(held, get(value)),
              i32.and(f64.notLess(get(value), held), f64.less(other, f64.load(get(i), at('rightAt')))),
            ),
            f64.store(get(i), get(value), at('right')),
            f64.store(get(i), other, at('rightAt')),
          ),
        ];
      };
      const any = (codes: readonly Code[]): Code => codes.reduce((a, b) => f64x2.or(a, b));
      const pairs = Array.from({ length: PAIRS }, (_, pair) => pair);
      return [
        ...set(least, f64x2.both(f64.constant(Number.NEGATIVE_INFINITY))),
        ...pairs.flatMap((pair) => [...set(carried[pair]!, f64x2.load(i32.constant(carriedAt), 16 * pair))]),
        ...loop(
          i32.less(get(i), get(end)),
          ...pairs.map((pair) => set(found[pair]!, likeness(get(carried[pair]!), ofI(0), ofJ(pair, 0)))),
          // A likeness that is NaN never replaces the larger: it is the second operand.
          set(
            best,
            pairs.reduce<Code>((most, pair) => f64x2.larger(most, get(found[pair]!)), get(least)),
          ),
          when(
            f64x2.anySet(
              any([
                ...pairs.map((pair) => f64x2.notLess(get(found[pair]!), f64x2.load(get(j), at('left') + 16 * pair))),
                f64x2.notLess(get(best), ofI(0)('right')),
              ]),
            ),
            set(ours, f64x2.both(window(get(i)))),
            ...pairs.map(leftwards),
            ...pairs.flatMap((pair) => [rightwards(pair, 0), rightwards(pair, 1)]),
          ),
          ...pairs.map((pair) => set(carried[pair]!, next(get(carried[pair]!), ofI(8), ofJ(pair, 8)))),
          advance(i, 8),
          advance(j, 8),
        ),
      ];
    }),
  });
}
