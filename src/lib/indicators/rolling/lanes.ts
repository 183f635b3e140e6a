/**
 * The largest or smallest value of the window at each row of a stretch, two rows at a time, in WebAssembly: JavaScript
 * has no maximum without a branch, and on prices that branch is mispredicted every few rows (measured 8 times slower).
 */

/** Most rows of a stretch with the rest of the first window before it: few enough to stay in the cache. */
export const ROOM = 4608;
/** Rows after the last that a turn of a loop may touch. */
export const BEYOND = 8;

export interface Lanes {
  /** Rows to work on from place 0; room for them and for what the last turn of a loop reads beyond. */
  readonly rows: Float64Array;
  /** Turns -0 into 0 in the first `count` rows; NaN where one of them is missing, else 0. */
  readonly clean: (count: number) => number;
  /** rows[i] becomes the larger of rows[i] and rows[i + offset] for the first `count` rows. */
  readonly larger: (count: number, offset: number) => void;
  readonly smaller: (count: number, offset: number) => void;
}

/** What we use of the language's own WebAssembly, which the type library only has among those of browsers. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
  ) => {
    readonly exports: Omit<Lanes, 'rows'> & { readonly memory: { readonly buffer: ArrayBuffer } };
  };
};

const [I32, F64, V128, NOTHING] = [0x7f, 0x7c, 0x7b, 0x40];
const [ADD, SUB, SMALLER, LARGER] = [0xf0, 0xf1, 0xf6, 0xf7];

const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
/** A constant below 128. */
const integer = (value: number): number[] => (value < 64 ? [0x41, value] : [0x41, value | 128, 0]);
const plus = 0x6a;
const shiftLeft = 0x74;
/** Two doubles at the address on the stack and `offset` bytes on. */
const load = (offset: number): number[] => [0xfd, 0x00, 3, offset];
const store = (offset: number): number[] => [0xfd, 0x0b, 3, offset];
const pair = (operation: number): number[] => [0xfd, operation, 0x01];
const lane = (k: number): number[] => [0xfd, 0x21, k];

/** Bytes of each pair of a turn: four pairs keep the counting of the loop small. */
const PAIRS = [0, 16, 32, 48];
const TURN = 64;

/** Repeats the body while the address in `at` is below that in `end`; each turn moves on by one. */
const each = (at: number, end: number, body: readonly number[]): number[] => [
  ...[0x03, NOTHING, ...body],
  ...[...get(at), ...integer(TURN), plus, ...set(at)],
  ...[...get(at), ...get(end), 0x49, 0x0d, 0, 0x0b],
];

const bytes = (parts: readonly number[]): number[] => {
  const { length } = parts;
  return length < 128 ? [length, ...parts] : [(length & 127) | 128, length >> 7, ...parts];
};
const name = (text: string): number[] => bytes([...text].map((c) => c.charCodeAt(0)));
const list = (items: readonly (readonly number[])[]): number[] => [items.length, ...items.flat()];
const section = (id: number, items: readonly (readonly number[])[]): number[] => [id, ...bytes(list(items))];
const code = (locals: readonly number[][], body: readonly number[]): number[] =>
  bytes([...list(locals), ...body, 0x0b]);

/** (count, offset): locals 0 end, 1 other, 2 at. */
const combine = (operation: number): number[] =>
  code(
    [[1, I32]],
    [
      ...[...get(0), ...integer(3), shiftLeft, ...set(0)],
      ...[...get(1), ...integer(3), shiftLeft, ...set(1)],
      ...each(
        2,
        0,
        PAIRS.flatMap((k) => [
          ...get(2),
          ...[...get(2), ...load(k)],
          ...[...get(2), ...get(1), plus, ...load(k)],
          ...pair(operation),
          ...store(k),
        ]),
      ),
    ],
  );

/** (count): locals 0 end, 1 at, 2 row + 0, 3 to 6 the sums of x - x, 7 zero. */
const clean = code(
  [
    [1, I32],
    [6, V128],
  ],
  [
    ...[...get(0), ...integer(3), shiftLeft, ...set(0)],
    ...each(
      1,
      0,
      PAIRS.flatMap((k, sum) => [
        ...[...get(1), ...load(k), ...get(7), ...pair(ADD), ...set(2)],
        ...[...get(1), ...get(2), ...store(k)],
        ...[...get(3 + sum), ...get(2), ...get(2), ...pair(SUB), ...pair(ADD), ...set(3 + sum)],
      ]),
    ),
    ...[...get(3), ...get(4), ...pair(ADD), ...get(5), ...pair(ADD), ...get(6), ...pair(ADD), ...set(2)],
    ...[...get(2), ...lane(0), ...get(2), ...lane(1), 0xa0],
  ],
);

const program = [
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, [
    [0x60, ...list([[I32], [I32]]), ...list([])],
    [0x60, ...list([[I32]]), ...list([[F64]])],
  ]),
  ...section(3, [[0], [0], [1]]),
  ...section(5, [[0, 1]]),
  ...section(7, [
    [...name('larger'), 0, 0],
    [...name('smaller'), 0, 1],
    [...name('clean'), 0, 2],
    [...name('memory'), 2, 0],
  ]),
  ...section(10, [combine(LARGER), combine(SMALLER), clean]),
];

let made: Lanes | undefined;

/** One working memory for all windows: a stretch leaves nothing behind in it. */
export function lanes(): Lanes {
  if (made === undefined) {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(program)));
    const { clean: cleanRows, larger, smaller, memory } = exports;
    made = { rows: new Float64Array(memory.buffer), clean: cleanRows, larger, smaller };
  }
  return made;
}
