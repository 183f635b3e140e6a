/** Where the columns of a tape are put together: in memory while they fit, otherwise straight in the file. */

import { writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

export interface TapeTarget {
  /** Copies the values to a position in the file. */
  put(values: Float64Array | Int32Array | Uint8Array, position: number): void;
  readonly fd: number;
  /** Everything that was put is in the file from here on. */
  flush(): void;
  close(): Promise<void>;
}

/** Largest tape that is put together in memory. */
const IN_MEMORY = 640 * 2 ** 20;

/** @param bytes of all blocks; later puts go to the file */
export async function createTarget(path: string, bytes: number): Promise<TapeTarget> {
  const file = await open(path, 'w+');
  return bytes <= IN_MEMORY ? inMemory(file, bytes) : inFile(file);
}

function inFile(file: FileHandle): TapeTarget {
  return {
    fd: file.fd,
    put: (values, position) => writeAll(file.fd, values, position),
    flush: () => undefined,
    close: () => file.close(),
  };
}

function inMemory(file: FileHandle, bytes: number): TapeTarget {
  let memory: ArrayBuffer | undefined = new ArrayBuffer(bytes);
  return {
    fd: file.fd,
    put: (values, position) => {
      if (memory === undefined) writeAll(file.fd, values, position);
      else if (values instanceof Float64Array) new Float64Array(memory, position, values.length).set(values);
      else if (values instanceof Int32Array) new Int32Array(memory, position, values.length).set(values);
      else new Uint8Array(memory, position, values.length).set(values);
    },
    flush: () => {
      if (memory !== undefined) writeAll(file.fd, new Uint8Array(memory), 0);
      memory = undefined;
    },
    close: () => file.close(),
  };
}

function writeAll(fd: number, values: Float64Array | Int32Array | Uint8Array, position: number): void {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  for (let done = 0; done < bytes.length; )
    done += writeSync(fd, bytes, done, Math.min(bytes.length - done, 1 << 30), position + done);
}
