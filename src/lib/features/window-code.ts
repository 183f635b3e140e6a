/**
 * Transform, whitening and squared length of four windows at once, in WebAssembly: windows that start at four rows in a row, one
 * in each lane of two registers. A lane makes the sums of `window.ts` and `whitener.ts` in their order, so it gives their bits.
 */
import { assembler, compile } from '../core/index.ts';

const { advance, f64x2, get, i32, loop, routine, set } = assembler;
type Code = assembler.Code;
type Local = assembler.Local;

/** Windows side by side, and the registers that hold one value of each. */
export const LANES = 4;
const HALVES = 2;
/** Coefficients of a channel that are summed at once, and rows of the triangle. */
const COEFFICIENTS = 6;
const ROWS = 4;
const DOUBLE = 8;
const FOUR = DOUBLE * LANES;

export type WindowShape = { readonly channels: number; readonly rows: number; readonly dct: number };

/** Places in the memory, in bytes. */
export type WindowLayout = {
  /** Weights of each six coefficients, row after row of half a window. */
  readonly weights: number;
  /** Means of the coefficients, then zeros. */
  readonly mean: number;
  /** The triangle, column after column of each four rows. */
  readonly triangle: number;
  /** Scaled values, channel after channel. */
  readonly scaled: number;
  /** Bytes from a channel to the next. */
  readonly channel: number;
  /** Squared length of each window. */
  readonly squares: number;
  /** Of each four windows one coordinate after the other, each of the four in turn. */
  readonly whitened: number;
  readonly centred: number;
  readonly end: number;
};

const sixes = (dct: number): number => Math.ceil(dct / COEFFICIENTS);
/** Coordinates of a whitened window with the zeros that fill its last four rows. */
export const paddedSize = ({ channels, dct }: WindowShape): number => Math.ceil((channels * dct) / ROWS) * ROWS;

/** @param capacity rows of a channel that there is room for */
export function windowLayout(shape: WindowShape, capacity: number): WindowLayout {
  const { channels, rows, dct } = shape;
  const padded = paddedSize(shape);
  let end = 0;
  const take = (doubles: number): number => {
    const at = end;
    end += DOUBLE * doubles;
    return at;
  };
  return {
    weights: take(sixes(dct) * COEFFICIENTS * Math.ceil(rows / 2)),
    mean: take(padded + COEFFICIENTS),
    triangle: take((padded * (padded + ROWS)) / 2),
    centred: take((padded + COEFFICIENTS) * LANES),
    // Four windows read four rows beyond the last that there is.
    scaled: take(channels * (capacity + LANES)),
    channel: DOUBLE * (capacity + LANES),
    squares: take(capacity + LANES),
    whitened: take((capacity + LANES) * padded),
    end,
  };
}

/** Folded cosines in the order in which they are read: of each row of half a window six coefficients. */
export function windowWeights({ rows, dct }: WindowShape, folded: Float64Array): Float64Array {
  const half = Math.ceil(rows / 2);
  const weights = new Float64Array(sixes(dct) * COEFFICIENTS * half);
  for (let k = 0; k < dct; k++) {
    const [six, odd] = [Math.floor(k / COEFFICIENTS), k % 2];
    for (let n = 0; n < half; n++)
      weights[(six * half + n) * COEFFICIENTS + (k % COEFFICIENTS)] = folded[(k - odd) * half + 2 * n + odd]!;
  }
  return weights;
}

/** measure(first, end): windows that start at byte offsets first, first + 8, … of the first channel, up to `end`; at least four. */
export function windowRoutine(shape: WindowShape, layout: WindowLayout) {
  return compile({
    measure: routine('measure', ({ parameter, local }) => {
      const [first, end] = [parameter('i32'), parameter('i32')];
      const [squares, whitened] = [local('i32'), local('i32')];
      return [
        ...set(squares, i32.constant(layout.squares)),
        ...set(whitened, i32.constant(layout.whitened)),
        ...loop(
          i32.less(get(first), get(end)),
          transformed(shape, layout, first, local),
          whitenedFour(shape, layout, squares, whitened, local),
          advance(squares, FOUR),
          advance(first, FOUR),
        ),
      ];
    }),
  });
}

type DeclareLocal = (type: 'i32' | 'f64x2') => Local;
const zero = (of: readonly Local[]): Code => of.flatMap((local) => set(local, f64x2.zero));
const both = (address: Local, offset: number): Code => f64x2.loadBoth(get(address), offset);

/** Coefficients of all channels, less their means. */
function transformed(
  { channels, rows, dct }: WindowShape,
  layout: WindowLayout,
  first: Local,
  local: DeclareLocal,
): Code {
  const half = Math.ceil(rows / 2);
  const [channel, mean, out, weight, stop] = [local('i32'), local('i32'), local('i32'), local('i32'), local('i32')];
  const [left, right] = [local('i32'), local('i32')];
  const sum = Array.from({ length: HALVES }, () => local('f64x2'));
  const difference = Array.from({ length: HALVES }, () => local('f64x2'));
  const total = Array.from({ length: COEFFICIENTS }, () => Array.from({ length: HALVES }, () => local('f64x2')));
  const each = (code: (k: number, h: number) => Code): Code =>
    total.flatMap((halves, k) => halves.flatMap((_, h) => code(k, h)));
  const sixCoefficients: Code = [
    ...set(left, get(channel)),
    ...set(right, i32.add(get(channel), i32.constant(DOUBLE * (rows - 1)))),
    ...set(stop, i32.add(get(weight), i32.constant(DOUBLE * COEFFICIENTS * half))),
    ...zero(total.flat()),
    ...loop(
      i32.less(get(weight), get(stop)),
      ...sum.map((local, h) => set(local, f64x2.add(f64x2.load(get(left), 16 * h), f64x2.load(get(right), 16 * h)))),
      ...difference.map((local, h) =>
        set(local, f64x2.sub(f64x2.load(get(left), 16 * h), f64x2.load(get(right), 16 * h))),
      ),
      // Even coefficients are of sums from both ends of the window, odd ones of differences.
      each((k, h) => {
        const of = get((k % 2 === 0 ? sum : difference)[h]!);
        return set(total[k]![h]!, f64x2.add(get(total[k]![h]!), f64x2.mul(both(weight, DOUBLE * k), of)));
      }),
      advance(left, DOUBLE),
      advance(right, -DOUBLE),
      advance(weight, DOUBLE * COEFFICIENTS),
    ),
    ...each((k, h) => f64x2.store(get(out), f64x2.sub(get(total[k]![h]!), both(mean, DOUBLE * k)), FOUR * k + 16 * h)),
    ...advance(out, FOUR * COEFFICIENTS),
    ...advance(mean, DOUBLE * COEFFICIENTS),
  ];
  const beyond = sixes(dct) * COEFFICIENTS - dct;
  return [
    ...set(channel, get(first)),
    ...set(mean, i32.constant(layout.mean)),
    ...set(out, i32.constant(layout.centred)),
    ...loop(
      i32.less(get(channel), i32.add(get(first), i32.constant(channels * layout.channel))),
      set(weight, i32.constant(layout.weights)),
      loop(
        i32.less(get(weight), i32.constant(layout.weights + DOUBLE * COEFFICIENTS * half * sixes(dct))),
        sixCoefficients,
      ),
      // Coefficients beyond those asked for have no weights: the next channel writes over their zeros.
      advance(out, -FOUR * beyond),
      advance(mean, -DOUBLE * beyond),
      advance(channel, layout.channel),
    ),
  ];
}

/** The triangle times the centred coefficients, four rows at a time, and the squared length. */
function whitenedFour(
  shape: WindowShape,
  layout: WindowLayout,
  squares: Local,
  whitened: Local,
  local: DeclareLocal,
): Code {
  const [factor, at, stop] = [local('i32'), local('i32'), local('i32')];
  const x = Array.from({ length: HALVES }, () => local('f64x2'));
  const length = Array.from({ length: HALVES }, () => local('f64x2'));
  const product = Array.from({ length: ROWS }, () => Array.from({ length: HALVES }, () => local('f64x2')));
  const each = (code: (row: number, h: number) => Code): Code =>
    product.flatMap((halves, row) => halves.flatMap((_, h) => code(row, h)));
  const square = (row: number, h: number): Code => f64x2.mul(get(product[row]![h]!), get(product[row]![h]!));
  return [
    ...set(factor, i32.constant(layout.triangle)),
    ...set(stop, i32.constant(layout.centred + FOUR * ROWS)),
    ...zero(length),
    ...loop(
      i32.less(get(stop), i32.constant(layout.centred + FOUR * (paddedSize(shape) + 1))),
      set(at, i32.constant(layout.centred)),
      zero(product.flat()),
      loop(
        i32.less(get(at), get(stop)),
        ...x.map((local, h) => set(local, f64x2.load(get(at), 16 * h))),
        each((row, h) =>
          set(product[row]![h]!, f64x2.add(get(product[row]![h]!), f64x2.mul(both(factor, DOUBLE * row), get(x[h]!)))),
        ),
        advance(factor, DOUBLE * ROWS),
        advance(at, FOUR),
      ),
      each((row, h) => f64x2.store(get(whitened), get(product[row]![h]!), FOUR * row + 16 * h)),
      ...length.map((local, h) =>
        set(
          local,
          f64x2.add(
            get(local),
            f64x2.add(f64x2.add(square(0, h), square(1, h)), f64x2.add(square(2, h), square(3, h))),
          ),
        ),
      ),
      advance(whitened, FOUR * ROWS),
      advance(stop, FOUR * ROWS),
    ),
    ...length.flatMap((local, h) => f64x2.store(get(squares), get(local), 16 * h)),
  ];
}
