/** Append-only files of checked frames: what a crash tore off the end is noticed, and what stands before it is kept. */
import {
  closeSync,
  existsSync,
  fstatSync,
  fsync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { makeFolder } from '../storage/index.ts';
import { writeFailed } from './write-failed.ts';

const MAGIC = 0x676d_6973; // "sigm"
const HEADER = 12;
/** Appended frames reach the disk at the latest after this time, in one sync for all of them. */
const SYNC_MS = 200;

export interface AppendLog {
  /** Survives the death of the process at once, and that of the machine after the next sync. @throws SigmaError store/write-failed */
  append(payload: Uint8Array): void;
  /** Waits until everything appended is on the disk. @throws SigmaError store/write-failed */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export type AppendLogOptions = {
  /** Cuts off what a crash left half-written; only for a file that no other process appends to. */
  readonly repair?: boolean;
};

/** Opens a file for appending; made with its folder when absent. @throws SigmaError store/write-failed */
export function openAppendLog(path: string, options: AppendLogOptions = {}): AppendLog {
  const file = openFile(path, options.repair === true);
  let dirty = false;
  let timer: NodeJS.Timeout | undefined;
  let failure: unknown;
  let syncing: Promise<void> = Promise.resolve();

  const sync = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (!dirty) return syncing;
    dirty = false;
    syncing = syncing.then(
      () =>
        new Promise((resolve) => {
          fsync(file, (error) => {
            failure ??= error ?? undefined;
            resolve();
          });
        }),
    );
    return syncing;
  };

  const flush = async (): Promise<void> => {
    await sync();
    if (failure !== undefined) throw writeFailed(path, failure);
  };

  return {
    append: (payload) => {
      try {
        writeWhole(file, frameOf(payload));
      } catch (cause) {
        throw writeFailed(path, cause);
      }
      dirty = true;
      timer ??= setTimeout(() => void sync(), SYNC_MS).unref();
    },
    flush,
    close: async () => {
      try {
        await flush();
      } finally {
        closeSync(file);
      }
    },
  };
}

/** The payloads of all whole frames, in order; a torn or foreign stretch is skipped up to the next frame. */
export function readAppendLog(path: string): readonly Uint8Array[] {
  return readAppended(path, 0).payloads;
}

/** Those behind a place up to which the file was read before, and the place up to which it is read now. */
export function readAppended(
  path: string,
  from: number,
): { readonly payloads: readonly Uint8Array[]; readonly end: number } {
  if (!existsSync(path)) return { payloads: [], end: from };
  const { payloads, end } = framesOf(from === 0 ? readFileSync(path) : tailOf(path, from));
  return { payloads, end: from + end };
}

function tailOf(path: string, from: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - from));
    return bytes.subarray(0, bytes.length === 0 ? 0 : readSync(file, bytes, 0, bytes.length, from));
  } finally {
    closeSync(file);
  }
}

function openFile(path: string, repair: boolean): number {
  try {
    makeFolder(dirname(path));
    const file = openSync(path, 'a+');
    if (repair) {
      const bytes = readFileSync(path);
      const { end } = framesOf(bytes);
      if (end < bytes.length) ftruncateSync(file, end);
    }
    return file;
  } catch (cause) {
    throw writeFailed(path, cause);
  }
}

function frameOf(payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(HEADER + payload.length);
  frame.writeUInt32LE(MAGIC, 0);
  frame.writeUInt32LE(payload.length, 4);
  frame.writeUInt32LE(crc32(payload), 8);
  frame.set(payload, HEADER);
  return frame;
}

/** One call where the disk takes it whole, so that frames of several processes do not mix. */
function writeWhole(file: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done);
}

function framesOf(bytes: Buffer): { readonly payloads: readonly Buffer[]; readonly end: number } {
  const payloads: Buffer[] = [];
  let end = 0;
  for (let at = 0; at + HEADER <= bytes.length; ) {
    const from = at + HEADER;
    const to = from + bytes.readUInt32LE(at + 4);
    const whole = bytes.readUInt32LE(at) === MAGIC && to <= bytes.length;
    if (whole && crc32(bytes.subarray(from, to)) === bytes.readUInt32LE(at + 8)) {
      payloads.push(bytes.subarray(from, to));
      at = to;
      end = to;
    } else at = nextMagic(bytes, at + 1);
  }
  return { payloads, end };
}

const magicBytes = Buffer.from(Uint32Array.of(MAGIC).buffer);

function nextMagic(bytes: Buffer, from: number): number {
  const found = bytes.indexOf(magicBytes, from);
  return found < 0 ? bytes.length : found;
}
