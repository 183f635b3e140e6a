/** A text file as chunks of whole lines in one reused buffer. */
import { type FileHandle, open } from 'node:fs/promises';
import { SigmaError } from '../../core/index.ts';

const CHUNK = 1 << 21;
const NEWLINE = 10;
/** Cells are read a few bytes past their end before they are known to be at fault. */
const MARGIN = 64;

export type Chunk = { readonly bytes: Uint8Array; readonly from: number; readonly to: number };

/**
 * Each chunk ends after a newline (added at the end of a file without one); its bytes are valid until the next, which is
 * read from the file meanwhile.
 * @throws SigmaError data/not-found, data/unreadable
 */
export async function* lineChunks(path: string): AsyncIterable<Chunk> {
  const handle = await openFile(path);
  let bytes = new Uint8Array(CHUNK + MARGIN);
  let other = new Uint8Array(0);
  let kept = 0;
  let reading = readInto(handle, bytes, kept, path);
  try {
    for (let first = true; ; first = false) {
      const { bytesRead } = await reading;
      let end = kept + bytesRead;
      if (bytesRead === 0) {
        if (kept === 0) return;
        bytes[end++] = NEWLINE;
      }
      if (first) refuseBinary(bytes.subarray(0, Math.min(end, 4096)), path);
      const from = first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
      const to = bytes.subarray(0, end).lastIndexOf(NEWLINE) + 1;
      // The buffer that is not being read grows with one that holds a line longer than itself.
      if (to === 0 && bytes.length > 64 * CHUNK)
        throw new SigmaError('data/unreadable', 'has no lines', { where: path });
      const length = to === 0 ? bytes.length * 2 : bytes.length;
      if (other.length < length) other = new Uint8Array(length);
      kept = end - to;
      other.set(bytes.subarray(to, end));
      if (bytesRead > 0) reading = readInto(handle, other, kept, path);
      if (to > 0) {
        bytes.fill(0, end, end + MARGIN);
        yield { bytes, from, to };
      }
      if (bytesRead === 0) return;
      [bytes, other] = [other, bytes];
    }
  } finally {
    await reading.catch(() => undefined);
    await handle.close();
  }
}

/** The first lines of a file, and its size in bytes. */
export async function firstLines(path: string, bytes = 1 << 18): Promise<{ lines: string[]; size: number }> {
  const handle = await openFile(path);
  try {
    const buffer = new Uint8Array(bytes);
    const { bytesRead } = await readInto(handle, buffer, 0, path, bytes);
    refuseBinary(buffer.subarray(0, Math.min(bytesRead, 4096)), path);
    const text = new TextDecoder('utf-8').decode(buffer.subarray(0, bytesRead));
    const lines = text.split(/\r?\n/);
    // The last line may be cut.
    if (bytesRead === bytes && lines.length > 1) lines.pop();
    return { lines, size: (await handle.stat()).size };
  } finally {
    await handle.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (missing) throw new SigmaError('data/not-found', 'there is no such file', { where: path, cause });
    throw unreadable(path, cause);
  }
}

async function readInto(
  handle: FileHandle,
  bytes: Uint8Array,
  at: number,
  path: string,
  length = bytes.length - at - MARGIN,
) {
  try {
    return await handle.read(bytes, at, length);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function refuseBinary(bytes: Uint8Array, path: string): void {
  if (bytes.includes(0))
    throw new SigmaError('data/unreadable', 'is not UTF-8 text', { where: path, hint: 'save it as CSV in UTF-8' });
}

function unreadable(path: string, cause: unknown): SigmaError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SigmaError('data/unreadable', `cannot be read (${reason})`, { where: path, cause });
}
