/** Writes a directory whole or not at all: everything goes to a temporary neighbour, is synced, and then takes the name in one rename. */
import { randomUUID } from 'node:crypto';
import { renameSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { exists } from './exists.ts';
import { makeFolder } from './make-folder.ts';
import { removedAtExit } from './removed-at-exit.ts';
import { syncPath } from './sync-path.ts';
import { writeFailed } from './write-failed.ts';

const STALE_MS = 86_400_000;

/** What becomes of a directory that has the name already. */
export type Existing = 'keep' | 'replace';

export type DirectoryOptions = {
  /** Asked once the new directory is whole; what it throws leaves everything as it was. */
  readonly existing: () => Promise<Existing>;
  /** Of the error when it cannot be written. */
  readonly hint?: string;
};

/**
 * Fills a fresh directory, syncs it and renames it to `path`. An old directory is put back when the new one cannot take its place.
 * @throws SigmaError store/write-failed; `path` is then as it was. Other SigmaErrors of `fill` and `existing` pass through.
 */
export async function writeDirectory(
  path: string,
  fill: (temporary: string) => Promise<void>,
  { existing, hint }: DirectoryOptions,
): Promise<'new' | 'same' | 'replaced'> {
  const parent = dirname(path);
  const temporary = join(parent, `.writing-${basename(path)}-${randomUUID().slice(0, 8)}`);
  const finished = removedAtExit(temporary);
  try {
    makeFolder(parent);
    await removeStale(parent);
    await mkdir(temporary);
    await fill(temporary);
    await syncAll(temporary);
    return await take(temporary, path, existing);
  } catch (cause) {
    throw writeFailed(path, cause, hint);
  } finally {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    finished();
  }
}

async function take(temporary: string, path: string, existing: () => Promise<Existing>) {
  // Another process may store or remove the same directory at the same moment: look again until one rename wins.
  for (let attempt = 0; ; attempt++) {
    if (await exists(path)) {
      if ((await existing()) === 'keep') return 'same';
      await swap(temporary, path);
      return 'replaced';
    }
    try {
      await rename(temporary, path);
      await syncPath(dirname(path));
      return 'new';
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (attempt >= 5 || (code !== 'ENOTEMPTY' && code !== 'EEXIST')) throw error;
    }
  }
}

/** Puts the whole directory in place of an old one, which comes back when the second rename fails. No interruption falls between the two. */
async function swap(temporary: string, path: string): Promise<void> {
  const old = `${temporary}-old`;
  renameSync(path, old);
  try {
    renameSync(temporary, path);
  } catch (error) {
    await rename(old, path).catch(() => undefined);
    throw error;
  }
  const finished = removedAtExit(old);
  await syncPath(dirname(path));
  await rm(old, { recursive: true, force: true });
  finished();
}

async function syncAll(directory: string): Promise<void> {
  const entries = await readdir(directory, { recursive: true });
  for (const name of entries) await syncPath(join(directory, name));
  await syncPath(directory);
}

/** Leftovers of processes that were killed while writing. */
async function removeStale(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith('.writing-')) continue;
    const path = join(parent, name);
    const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age > STALE_MS) await rm(path, { recursive: true, force: true });
  }
}
