/** Archives in the ustar format (POSIX.1-1988): any tar reads them. No owner and no time, so that equal content gives equal bytes. */
import { SigmaError } from '../../core/index.ts';

export type TarEntry = { readonly path: string; readonly bytes: Uint8Array };

const BLOCK = 512;

/** Paths of at most 100 bytes. */
export function* tarBlocks(entries: Iterable<TarEntry>): Iterable<Uint8Array> {
  for (const { path, bytes } of entries) {
    yield header(path, bytes.length);
    yield bytes;
    yield new Uint8Array((BLOCK - (bytes.length % BLOCK)) % BLOCK);
  }
  yield new Uint8Array(2 * BLOCK);
}

/** @param where the archive, for errors @throws SigmaError data/unreadable when it is cut short or is no archive */
export function* tarEntries(archive: Uint8Array, where: string): Iterable<TarEntry> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  for (let at = 0; ; ) {
    const head = bytes.subarray(at, at + BLOCK);
    if (head.length === BLOCK && head.every((byte) => byte === 0)) return;
    const size = sizeOf(head);
    const from = at + BLOCK;
    if (!(from + size <= bytes.length))
      throw new SigmaError('data/unreadable', 'the file is no archive, or is cut short', {
        where,
        hint: 'write it again with sigma registry export',
      });
    yield { path: textOf(head.subarray(0, 100)), bytes: bytes.subarray(from, from + size) };
    at = from + Math.ceil(size / BLOCK) * BLOCK;
  }
}

function header(path: string, size: number): Uint8Array {
  const head = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');
  head.write(path, 0);
  head.write(`${octal(0o644, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0${octal(size, 11)}\0${octal(0, 11)}\0`, 100);
  head.write(' '.repeat(8), 148); // what the sum is taken over in its own place
  head.write('0', 156);
  head.write('ustar\0' + '00', 257);
  head.write(`${octal(sumOf(head), 6)}\0 `, 148);
  return head;
}

/** NaN for what is no header. */
function sizeOf(head: Buffer): number {
  if (head.length < BLOCK) return Number.NaN;
  const stated = Number.parseInt(textOf(head.subarray(148, 156)), 8);
  const blank = Buffer.from(head).fill(' ', 148, 156);
  return stated === sumOf(blank) ? Number.parseInt(textOf(head.subarray(124, 136)), 8) : Number.NaN;
}

function sumOf(head: Uint8Array): number {
  return head.reduce((sum, byte) => sum + byte, 0);
}

function textOf(field: Buffer): string {
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? field.length : end).toString('utf8');
}
