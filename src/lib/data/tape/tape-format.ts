/**
 * A tape file: blocks of little-endian columns, then the orders of the blocks that need one, then an index.
 * Each block starts at a multiple of 64 bytes, and so does each of its columns. The index comes last, and a trailer tells its place:
 * a file that was cut has no trailer and is built again.
 */
import { fstatSync, readSync } from 'node:fs';
import { z } from 'zod';
import { invariant } from '../../core/index.ts';

export const TAPE_VERSION = 1;
const MAGIC = 'sigma-tape';
const TRAILER = 64;

const tapeFields = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;
export type TapeField = (typeof tapeFields)[number];

const indexSchema = z.strictObject({
  version: z.literal(TAPE_VERSION),
  /** Hash of the data set the tape was built from, and size and time of its file. */
  key: z.string(),
  symbols: z.array(z.string()),
  /** Columns that are stored; open, high and low of close-only data are the close, a missing volume is NaN. */
  fields: z.array(z.enum(tapeFields)),
  rows: z.number().int(),
  blocks: z.array(
    z.strictObject({
      offset: z.number().int(),
      rows: z.number().int(),
      /** Where the order of the rows is; -1 when all instruments have the same times and it follows from the counts. */
      order: z.number().int(),
      /** First and last open time. */
      first: z.number(),
      last: z.number(),
    }),
  ),
  /** Where the starts of the runs are: instruments + 1 integers a block. */
  starts: z.number().int(),
});

export type TapeIndex = z.infer<typeof indexSchema>;
export type Tape = { readonly index: TapeIndex; readonly starts: Int32Array };

export function align(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}

/** Bytes of one block with so many columns. */
export function blockBytes(rows: number, fields: number): number {
  return align(rows * 8) * fields;
}

/** The index and the trailer that points at it, to be written at `offset`. */
export function encodeIndex(index: TapeIndex, offset: number): Uint8Array {
  const json = Buffer.from(JSON.stringify(index));
  const trailer = Buffer.alloc(TRAILER, ' ');
  trailer.write(`${MAGIC} ${offset} ${json.length}`);
  return Buffer.concat([json, trailer]);
}

/** The index of a whole tape with this key, or nothing: the file is torn, stale or of another version. */
export function readIndex(fd: number, key: string): Tape | undefined {
  invariant(new Uint8Array(Uint16Array.of(1).buffer)[0] === 1, 'tapes are little-endian, and so is this machine');
  const { size } = fstatSync(fd);
  if (size < TRAILER) return undefined;
  const [magic, offset, length] = readBytes(fd, size - TRAILER, TRAILER)
    .toString()
    .trim()
    .split(' ');
  if (magic !== MAGIC || Number(offset) + Number(length) + TRAILER !== size) return undefined;
  const parsed = indexSchema.safeParse(JSON.parse(readBytes(fd, Number(offset), Number(length)).toString()));
  if (!parsed.success || parsed.data.key !== key) return undefined;
  const index = parsed.data;
  const count = index.blocks.length * (index.symbols.length + 1);
  const starts = new Int32Array(count);
  readExactly(fd, new Uint8Array(starts.buffer), index.starts);
  return { index, starts };
}

/** Fills the whole of `bytes` from `position`. */
export function readExactly(fd: number, bytes: Uint8Array, position: number): void {
  let done = 0;
  while (done < bytes.length) {
    const read = readSync(fd, bytes, done, bytes.length - done, position + done);
    invariant(read > 0, 'a tape is as long as its index says');
    done += read;
  }
}

function readBytes(fd: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  readExactly(fd, bytes, position);
  return bytes;
}
