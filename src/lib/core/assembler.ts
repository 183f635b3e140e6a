/**
 * A small assembler of WebAssembly with two doubles or sixteen bytes in a register: kernels that need a maximum without a
 * branch, two chains of additions side by side or the digits of a number at once write their inner loops in it. JavaScript
 * has none of them.
 */

/** Encoded instructions. Nested calls give them in the order of a stack machine: operands first. */
export type Code = readonly number[];
/** Types of parameters and locals: a count or an address, a longer count, a double, two doubles, sixteen bytes. */
export type ValueType = 'i32' | 'i64' | 'f64' | 'f64x2' | 'bytes';
/** A parameter or local of a routine, by its place. */
export type Local = { readonly place: number; readonly type: ValueType };

const TYPES = { i32: 0x7f, i64: 0x7e, f64: 0x7c, f64x2: 0x7b, bytes: 0x7b } as const;
const NOTHING = 0x40;

/** Unsigned number in groups of seven bits, as the format writes them. */
function unsigned(value: number): number[] {
  const out: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return [...out, rest];
    out.push((rest & 127) | 128);
  }
}

/** The same for a number that may be negative. */
function signed(value: number): number[] {
  const out: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const group = rest & 127;
    if ((rest >> 7 === 0 && group < 64) || (rest >> 7 === -1 && group >= 64)) return [...out, group];
    out.push(group | 128);
  }
}

function signedLong(value: bigint): number[] {
  const out: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    const group = Number(rest & 127n);
    if ((rest >> 7n === 0n && group < 64) || (rest >> 7n === -1n && group >= 64)) return [...out, group];
    out.push(group | 128);
  }
}

const vector = (operation: number): number[] => [0xfd, ...unsigned(operation)];
const binary =
  (...operation: number[]) =>
  (a: Code, b: Code): Code => [...a, ...b, ...operation];
const unary =
  (...operation: number[]) =>
  (a: Code): Code => [...a, ...operation];

export const get = (local: Local): Code => [0x20, local.place];
export const set = (local: Local, value: Code): Code => [...value, 0x21, local.place];

/** Counts and addresses. */
export const i32 = {
  constant: (value: number): Code => [0x41, ...signed(value)],
  add: binary(0x6a),
  sub: binary(0x6b),
  and: binary(0x71),
  shiftLeft: binary(0x74),
  shiftRight: binary(0x76),
  less: binary(0x49),
  or: binary(0x72),
  mul: binary(0x6c),
  equal: binary(0x46),
  differ: binary(0x47),
  isZero: unary(0x45),
  /** Zero bits below the lowest that is set. */
  zerosBelow: unary(0x68),
  load8: (address: Code, offset = 0): Code => [...address, 0x2d, 0, ...unsigned(offset)],
  load: (address: Code, offset = 0): Code => [...address, 0x28, 2, ...unsigned(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0x36, 2, ...unsigned(offset)],
} as const;

/** Whole numbers beyond 2^31. */
export const i64 = {
  constant: (value: number): Code => [0x42, ...signedLong(BigInt(value))],
  add: binary(0x7c),
  mul: binary(0x7e),
  and: binary(0x83),
  shiftRight: binary(0x88),
  larger: binary(0x56),
} as const;

/** Sixteen bytes at once, also as eight pairs of them or four fours; addresses need not be aligned. */
export const bytes = {
  load: (address: Code, offset = 0): Code => [...address, ...vector(0x00), 0, ...unsigned(offset)],
  every: (byte: number): Code => [...vector(0x0c), ...new Array<number>(16).fill(byte)],
  sub: binary(...vector(0x71)),
  /** Sums above 255 are 255. */
  addUpTo255: binary(...vector(0x70)),
  /** The highest bit of each byte, the first byte's lowest. */
  highBits: unary(...vector(0x64)),
  /** Bytes of a in the order of b; zero where b names none of the sixteen. */
  arrange: binary(...vector(0x0e)),
  and: binary(...vector(0x4e)),
  /** The first eight bytes as a whole number. */
  firstLong: (value: Code): Code => [...value, ...vector(0x1d), 0],
} as const;

/** Eight whole numbers of 16 bits, the lower byte first. */
export const pairs = {
  every: (...values: readonly number[]): Code => [
    ...vector(0x0c),
    ...new Uint8Array(Uint16Array.from({ length: 8 }, (_, k) => values[k % values.length]!).buffer),
  ],
  add: binary(...vector(0x8e)),
  mul: binary(...vector(0x95)),
  shiftRight: (value: Code, bits: number): Code => [...value, 0x41, ...signed(bits), ...vector(0x8d)],
  /** Products of both, added two and two: four whole numbers of 32 bits. */
  dot: binary(...vector(0xba)),
  /** Of twice four whole numbers of 32 bits, each at most 65535. */
  ofFours: binary(...vector(0x86)),
} as const;

/** Two doubles at once. Addresses are in bytes; `offset` is added to them. */
export const f64x2 = {
  load: (address: Code, offset = 0): Code => [...address, ...vector(0x00), 3, ...unsigned(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    ...vector(0x0b),
    3,
    ...unsigned(offset),
  ],
  /** One double of memory in both lanes. */
  loadBoth: (address: Code, offset = 0): Code => [...address, ...vector(0x0a), 3, ...unsigned(offset)],
  both: unary(...vector(0x14)),
  lane: (value: Code, lane: 0 | 1): Code => [...value, ...vector(0x21), lane],
  /** The first lanes of two pairs, and the second lanes. */
  firsts: binary(...vector(0x0d), 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
  seconds: binary(...vector(0x0d), 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31),
  /** The second lane of one pair, the first of the other. */
  inner: binary(...vector(0x0d), 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23),
  zero: [...vector(0x0c), ...new Array<number>(16).fill(0)] as Code,
  add: binary(...vector(0xf0)),
  sub: binary(...vector(0xf1)),
  mul: binary(...vector(0xf2)),
  div: binary(...vector(0xf3)),
  sqrt: unary(...vector(0xef)),
  negate: unary(...vector(0xed)),
  /** a < b ? b : a, and b < a ? b : a. */
  larger: binary(...vector(0xf7)),
  smaller: binary(...vector(0xf6)),
  /** All bits of a lane set where it holds. */
  less: binary(...vector(0x49)),
  equal: binary(...vector(0x47)),
  differ: binary(...vector(0x48)),
  notLess: binary(...vector(0x4c)),
  not: unary(...vector(0x4d)),
  and: binary(...vector(0x4e)),
  /** Bits of a where b has none. */
  without: binary(...vector(0x4f)),
  or: binary(...vector(0x50)),
  /** The highest bit of each lane, the first lane's lowest. */
  highBits: unary(...vector(0xc4)),
  /** 1 when any bit is set, else 0. */
  anySet: unary(...vector(0x53)),
  /** Bits of a where the mask has them set, else those of b. */
  select: (a: Code, b: Code, mask: Code): Code => [...a, ...b, ...mask, ...vector(0x52)],
} as const;

export const f64 = {
  constant: (value: number): Code => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
  load: (address: Code, offset = 0): Code => [...address, 0x2b, 3, ...unsigned(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0x39, 3, ...unsigned(offset)],
  add: binary(0xa0),
  sub: binary(0xa1),
  mul: binary(0xa2),
  div: binary(0xa3),
  abs: unary(0x99),
  negate: unary(0x9a),
  min: binary(0xa4),
  max: binary(0xa5),
  less: binary(0x63),
  equal: binary(0x61),
  differ: binary(0x62),
  notLess: binary(0x66),
  ofLong: unary(0xb9),
  /** Of a count or an address. */
  ofInteger: unary(0xb8),
  /** a when the condition is not zero, else b; both are computed. */
  select: (condition: Code, a: Code, b: Code): Code => [...a, ...b, ...condition, 0x1b],
} as const;

/** Runs the body again and again while `condition` holds at its end: at least once. */
export const loop = (condition: Code, ...body: readonly Code[]): Code => [
  ...[0x03, NOTHING, ...body.flat()],
  ...[...condition, 0x0d, 0, 0x0b],
];
/** Runs the body when the condition is not zero. */
export const when = (condition: Code, ...body: readonly Code[]): Code => [
  ...[...condition, 0x04, NOTHING],
  ...[...body.flat(), 0x0b],
];
/** Runs one body or the other. */
export const choose = (condition: Code, yes: readonly Code[], no: readonly Code[]): Code => [
  ...[...condition, 0x04, NOTHING],
  ...[...yes.flat(), 0x05, ...no.flat(), 0x0b],
];
/** Ends the routine with its result. */
export const giveBack = (value: Code): Code => [...value, 0x0f];
/** A body that `leaveWhen` may leave: 0 names the innermost body it stands in, loops and conditions included. */
export const block = (...body: readonly Code[]): Code => [0x02, NOTHING, ...body.flat(), 0x0b];
export const leaveWhen = (depth: number, condition: Code): Code => [...condition, 0x0d, depth];
/** Runs the body again and again until it is left. */
export const forever = (...body: readonly Code[]): Code => [0x03, NOTHING, ...body.flat(), 0x0c, 0, 0x0b];
/** Moves an address on by so many bytes. */
export const advance = (address: Local, bytes: number): Code =>
  set(address, i32.add(get(address), i32.constant(bytes)));

const sized = (parts: Code): Code => [...unsigned(parts.length), ...parts];
const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const section = (id: number, items: readonly Code[]): Code => [id, ...sized(list(items))];
const named = (text: string): Code => sized([...text].map((c) => c.charCodeAt(0)));

/** Declares parameters and locals while a routine is written. */
export type Declare = {
  readonly parameter: (type: ValueType) => Local;
  readonly local: (type: ValueType) => Local;
};

/** `result` is the type of the value the code leaves, if it leaves one; most leave what they compute in memory. */
export type Routine = {
  readonly name: string;
  readonly parameters: readonly Local[];
  readonly result?: ValueType | undefined;
  readonly code: Code;
};

/** Parameters are to be declared before locals. */
export function routine(name: string, write: (declare: Declare) => Code, result?: ValueType): Routine {
  const parameters: Local[] = [];
  const locals: Local[] = [];
  const declare = (into: Local[]) => (type: ValueType) => {
    const local = { place: parameters.length + locals.length, type };
    into.push(local);
    return local;
  };
  const body = write({ parameter: declare(parameters), local: declare(locals) });
  return {
    name,
    parameters,
    result,
    code: sized([...list(locals.map(({ type }) => [1, TYPES[type]])), ...body, 0x0b]),
  };
}

/** A module of routines that work on a memory brought from outside, as `work.memory`. */
export function assemble(routines: readonly Routine[]): Uint8Array {
  const signature = ({ parameters, result }: Routine): Code => [
    0x60,
    ...list(parameters.map(({ type }) => [TYPES[type]])),
    ...list(result === undefined ? [] : [[TYPES[result]]]),
  ];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, routines.map(signature)),
    ...section(2, [[...named('work'), ...named('memory'), 2, 0, 1]]),
    ...section(
      3,
      routines.map((_, k) => unsigned(k)),
    ),
    ...section(
      7,
      routines.map(({ name }, k) => [...named(name), 0, ...unsigned(k)]),
    ),
    ...section(
      10,
      routines.map((r) => r.code),
    ),
  ]);
}
