/** Writes a directory whole or not at all: everything goes to a temporary neighbour, is synced, and then takes the name in one rename. */
import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SigmaError } from '../core/index.ts';

const STALE_MS = 86_400_000;

/**
 * Fills a fresh directory and renames it to `target`. An existing `target` is kept when `keepExisting` says so, and otherwise swapped.
 * @throws SigmaError store/write-failed; `target` is then as it was.
 */
export async function writeDirectory(
  target: string,
  fill: (directory: string) => Promise<void>,
  keepExisting: () => Promise<boolean>,
): Promise<'new' | 'same' | 'replaced'> {
  const parent = dirname(target);
  const temporary = join(parent, `.writing-${basename(target)}-${randomUUID().slice(0, 8)}`);
  try {
    await mkdir(parent, { recursive: true });
    await removeStale(parent);
    await mkdir(temporary);
    await fill(temporary);
    await syncAll(temporary);
    return await take(temporary, target, keepExisting);
  } catch (cause) {
    throw writeFailed(target, cause);
  } finally {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Turns a failed write into the error a user can act on. */
export function writeFailed(path: string, cause: unknown): SigmaError {
  if (cause instanceof SigmaError && cause.code === 'store/write-failed') return cause;
  const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
  return new SigmaError('store/write-failed', `could not be written (${reason})`, {
    where: path,
    hint: 'free space or make the folder writable, or name another with --artifacts; nothing stored was changed',
    cause,
  });
}

async function take(temporary: string, target: string, keepExisting: () => Promise<boolean>) {
  let outcome: 'new' | 'replaced' = 'new';
  // Another process may store or remove the same run at the same moment: look again until one rename wins.
  for (let attempt = 0; ; attempt++) {
    if (await exists(target)) {
      if (await keepExisting()) return 'same' as const;
      const old = `${temporary}-old`;
      await rename(target, old);
      outcome = 'replaced';
      await rename(temporary, target).catch(async (error: unknown) => {
        await rename(old, target).catch(() => undefined);
        throw error;
      });
      await rm(old, { recursive: true, force: true });
      return outcome;
    }
    try {
      await rename(temporary, target);
      await syncPath(dirname(target));
      return outcome;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (attempt >= 5 || (code !== 'ENOTEMPTY' && code !== 'EEXIST')) throw error;
    }
  }
}

async function syncAll(directory: string): Promise<void> {
  for (const name of await readdir(directory)) await syncPath(join(directory, name));
  await syncPath(directory);
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
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

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
