/** Writes a file whole or not at all: a temporary neighbour, synced, then one rename. */
import { randomBytes } from 'node:crypto';
import { realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { removedAtExit } from './removed-at-exit.ts';
import { syncPath } from './sync-path.ts';
import { writeFailed } from './write-failed.ts';

/**
 * Lets `fill` write a temporary file beside `path`, syncs it and renames it into place. A link keeps pointing at its file, which is
 * replaced; a pipe or a device is written to as it is.
 * @param hint of the error when it cannot be written
 * @throws SigmaError store/write-failed; `path` is then as it was before. Other SigmaErrors of `fill` pass through.
 */
export async function atomicWrite(
  path: string,
  fill: (temporary: string) => Promise<void> | void,
  hint?: string,
): Promise<void> {
  try {
    const found = await stat(path).catch(() => undefined);
    if (found?.isFIFO() === true || found?.isCharacterDevice() === true) await fill(path);
    else await replaceFile(found === undefined ? path : await realpath(path), fill);
  } catch (cause) {
    throw writeFailed(path, cause, hint);
  }
}

async function replaceFile(path: string, fill: (temporary: string) => Promise<void> | void): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
  const finished = removedAtExit(temporary);
  try {
    makeFolder(dirname(path));
    await fill(temporary);
    await syncPath(temporary);
    await rename(temporary, path);
    await syncPath(dirname(path));
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
    finished();
  }
}
