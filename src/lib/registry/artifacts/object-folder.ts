/** Bytes under the SHA-256 of themselves: `ab/cdef…`. Equal bytes are kept once. */
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SigmaError, sha256 } from '../../core/index.ts';
import { atomicWrite } from '../../storage/index.ts';
import { unlessMissing } from '../unless-missing.ts';
import { HINT } from '../write-failed.ts';

export interface ObjectFolder {
  /** Keeps the bytes and marks them as in use just now. An altered object is written anew. @throws SigmaError store/write-failed */
  put(hash: string, bytes: Uint8Array): Promise<void>;
  /** @throws SigmaError store/corrupt when the object is missing or altered */
  get(hash: string): Promise<Uint8Array>;
  path(hash: string): string;
  /** Every object, in the order of the hashes. */
  list(): Promise<readonly string[]>;
}

export function objectFolder(root: string): ObjectFolder {
  const path = (hash: string): string => join(root, hash.slice(0, 2), hash.slice(2));
  return {
    path,
    put: async (hash, bytes) => {
      const known = await unlessMissing(readFile(path(hash)));
      if (known === undefined || sha256(known) !== hash)
        await atomicWrite(path(hash), (temporary) => writeFile(temporary, bytes), HINT);
      else await touch(path(hash));
    },
    get: async (hash) => {
      const bytes = await unlessMissing(readFile(path(hash)));
      if (bytes === undefined) throw corrupt(path(hash), 'the object is missing');
      if (sha256(bytes) !== hash) throw corrupt(path(hash), 'the object was altered: it does not match its hash');
      return bytes;
    },
    list: async () => {
      const folders = (await unlessMissing(readdir(root))) ?? [];
      const hashes = await Promise.all(
        folders
          .filter((folder) => /^[0-9a-f]{2}$/.test(folder))
          .map(async (folder) =>
            ((await unlessMissing(readdir(join(root, folder)))) ?? []).map((rest) => folder + rest),
          ),
      );
      return hashes
        .flat()
        .filter((hash) => /^[0-9a-f]{64}$/.test(hash))
        .sort();
    },
  };
}

/** Young objects are left alone by the collection of garbage. One that cannot be marked belongs to somebody else, who keeps it. */
async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}

function corrupt(path: string, found: string): SigmaError {
  return new SigmaError('store/corrupt', found, {
    where: path,
    hint: 'import the artifact again, or make it again; sigma registry verify names all that are broken',
  });
}
