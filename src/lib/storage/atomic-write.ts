/** Writes a file whole or not at all: a temporary neighbour, synced, then one rename. */
import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { syncPath } from './sync-path.ts';
import { writeFailed } from './write-failed.ts';

/**
 * Lets `fill` write a temporary file beside `path`, syncs it and renames it into place.
 * @param hint of the error when it cannot be written
 * @throws SigmaError store/write-failed; `path` is then as it was before. Other SigmaErrors of `fill` pass through.
 */
export async function atomicWrite(
  path: string,
  fill: (temporary: string) => Promise<void> | void,
  hint?: string,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
  try {
    makeFolder(dirname(path));
    await fill(temporary);
    await syncPath(temporary);
    await rename(temporary, path);
    await syncPath(dirname(path));
  } catch (cause) {
    throw writeFailed(path, cause, hint);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
