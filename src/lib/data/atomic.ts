/** Writes that happen whole or not at all: a temporary neighbour, synced, then one rename. */
import { randomBytes } from 'node:crypto';
import { access, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SigmaError } from '../core/index.ts';

/**
 * Lets `fill` write a temporary file beside `path`, syncs it and renames it into place.
 * @throws SigmaError store/write-failed; `path` is then as it was before. Other SigmaErrors of `fill` pass through.
 */
export async function atomicWrite(path: string, fill: (temporary: string) => Promise<void> | void): Promise<void> {
  const temporary = neighbour(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    await fill(temporary);
    await syncPath(temporary);
    await rename(temporary, path);
    await syncPath(dirname(path));
  } catch (cause) {
    throw writeFailed(path, cause);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/**
 * Lets `fill` write into a fresh directory, syncs it and renames it to `path`. With `replace` an old directory is kept until the new one is whole.
 * @throws SigmaError data/exists when `path` exists and is not to be replaced, store/write-failed; `path` is then as it was before.
 */
export async function atomicDirectory(
  path: string,
  fill: (temporary: string) => Promise<void>,
  options: { readonly replace?: boolean } = {},
): Promise<void> {
  const temporary = neighbour(path);
  try {
    await refuseExisting(path, options.replace === true);
    await mkdir(dirname(path), { recursive: true });
    await mkdir(temporary);
    await fill(temporary);
    for (const name of await readdir(temporary)) await syncPath(join(temporary, name));
    await syncPath(temporary);
    await refuseExisting(path, options.replace === true);
    await swap(temporary, path);
    await syncPath(dirname(path));
  } catch (cause) {
    throw writeFailed(path, cause);
  } finally {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** What a failed write becomes; a SigmaError stays what it is. */
export function writeFailed(path: string, cause: unknown): SigmaError {
  if (cause instanceof SigmaError) return cause;
  const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
  return new SigmaError('store/write-failed', `could not be written (${reason})`, {
    where: path,
    hint: 'free space or make the folder writable; what was there before is unchanged',
    cause,
  });
}

export function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Puts a whole directory in place of an old one, which comes back when the second rename fails. */
async function swap(temporary: string, path: string): Promise<void> {
  if (!(await exists(path))) return rename(temporary, path);
  const old = `${temporary}.old`;
  await rename(path, old);
  try {
    await rename(temporary, path);
  } catch (error) {
    await rename(old, path);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

async function refuseExisting(path: string, replace: boolean): Promise<void> {
  if (replace || !(await exists(path))) return;
  throw new SigmaError('data/exists', 'exists already; nothing was overwritten', {
    where: path,
    hint: 'choose another name or ask to replace it',
  });
}

function neighbour(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
