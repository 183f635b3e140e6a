/**
 * Points in the memory of WebAssembly, four to a record, so that the distances of four points to one are computed side by
 * side. A record holds four values of each coordinate in turn, then of each extra field.
 */
import { assembler, compile, type Routines, type WorkMemory, workMemory } from '../../core/index.ts';
import type { Matrix } from '../matrix.ts';

const { f64x2, get, i32, set } = assembler;
type Code = assembler.Code;
type Local = assembler.Local;

/** Points of a record. */
export const LANES = 4;

export type PointMemory = {
  readonly work: WorkMemory;
  /** The whole memory, in doubles. */
  readonly doubles: Float64Array;
  /** Address in bytes of the first record. */
  readonly start: number;
  readonly records: number;
  /** Bytes from a record to the next. */
  readonly stride: number;
  readonly points: number;
  readonly columns: number;
};

/** Packs points behind room for one point to measure from and `scratch` bytes; empty lanes of the last record are zero. */
export function packPoints(m: Matrix, fields: number, scratch: number): PointMemory {
  const records = Math.ceil(m.rows / LANES);
  const stride = recordBytes(m.columns, fields);
  const start = queryBytes(m.columns) + scratch;
  const work = workMemory(start + records * stride);
  const memory: PointMemory = {
    work,
    doubles: new Float64Array(work.buffer),
    start,
    records,
    stride,
    points: m.rows,
    columns: m.columns,
  };
  for (let i = 0; i < m.rows; i++)
    for (let k = 0, at = placeOf(memory, i); k < m.columns; k++, at += LANES)
      memory.doubles[at] = m.values[i * m.columns + k]!;
  return memory;
}

const recordBytes = (columns: number, fields: number): number => 8 * LANES * (columns + fields);
/** Bytes of the point to measure from: each coordinate twice, for both lanes of a register. */
export const queryBytes = (columns: number): number => 16 * columns;

/** Place in `doubles` of the first coordinate of point `i`; later ones and fields follow at every fourth place. */
export function placeOf({ start, stride }: PointMemory, i: number): number {
  return start / 8 + Math.floor(i / LANES) * (stride / 8) + (i % LANES);
}

/** Makes a point the one to measure from. */
export function measureFrom({ doubles, columns }: PointMemory, coordinate: (k: number) => number): void {
  for (let k = 0; k < columns; k++) {
    const value = coordinate(k);
    doubles[2 * k] = value;
    doubles[2 * k + 1] = value;
  }
}

/** Sets both sums to the squared distances of the four points of the record at `record` to the point measured from. */
export function squaredDistances(columns: number, record: Local, difference: Local, sums: readonly Local[]): Code {
  const code: number[] = [];
  for (let k = 0; k < columns; k++)
    for (const [half, sum] of sums.entries()) {
      const square = f64x2.mul(get(difference), get(difference));
      code.push(
        ...set(
          difference,
          f64x2.sub(f64x2.load(get(record), 8 * LANES * k + 16 * half), f64x2.load(i32.constant(0), 16 * k)),
        ),
        ...set(sum, k === 0 ? square : f64x2.add(get(sum), square)),
      );
    }
  return code;
}

/** Routines by the number of columns they are written for; translated once. */
export function perColumns<Name extends string>(
  routines: (columns: number) => Readonly<Record<Name, assembler.Routine>>,
): (memory: PointMemory) => Routines<Name> {
  const known = new Map<number, (memory: WorkMemory) => Routines<Name>>();
  return ({ columns, work }) => {
    const linker = known.get(columns) ?? compile(routines(columns));
    known.set(columns, linker);
    return linker(work);
  };
}
