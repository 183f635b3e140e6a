/**
 * A lock that one process holds at a time: a folder with one entry named after its holder. It appears by one rename, which
 * the file system refuses while an entry is there; the entry of a process that died is removed by its exact name, so that
 * nobody can take away the lock of one that lives.
 */
import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SigmaError } from '../core/index.ts';
import { makeFolder } from '../storage/index.ts';
import { unlessMissing } from './unless-missing.ts';
import { writeFailed } from './write-failed.ts';

const LOOK_AGAIN_MS = 20;

export type LockOptions = {
  /** Named in the error, for example `study 4f2a…`. */
  readonly what: string;
  /** How long a holder that lives is waited for; not at all when left out. */
  readonly waitMs?: number;
};

/**
 * Takes the lock and returns the function that gives it back.
 * @param path its folder, which exists only while somebody holds it
 * @throws SigmaError store/busy with the holder's process id, store/write-failed
 */
export async function lock(path: string, { what, waitMs = 0 }: LockOptions): Promise<() => Promise<void>> {
  const holder = `${process.pid}-${randomUUID()}`;
  const prepared = join(dirname(path), `.${basename(path)}-${holder}`);
  try {
    makeFolder(prepared);
    await writeFile(join(prepared, holder), '');
    for (const until = performance.now() + waitMs; ; await pause()) {
      const other = await take(prepared, path);
      if (other === undefined) return () => giveBack(path, holder);
      if (performance.now() >= until) throw busy(what, other);
    }
  } catch (cause) {
    throw writeFailed(path, cause);
  } finally {
    await rm(prepared, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Undefined when the lock is ours now, else the process that has it. */
async function take(prepared: string, path: string): Promise<number | undefined> {
  for (;;) {
    try {
      await rename(prepared, path);
      return undefined;
    } catch (cause) {
      if (hasCode(cause, 'ENOTDIR')) throw inTheWay(path);
      if (!hasCode(cause, 'ENOTEMPTY', 'EEXIST')) throw cause;
      const [entry] = (await unlessMissing(readdir(path))) ?? [];
      const other = Number.parseInt(entry ?? '', 10);
      if (entry !== undefined && isAlive(other)) return other;
      if (entry !== undefined) await unlessMissing(unlink(join(path, entry)));
    }
  }
}

async function giveBack(path: string, holder: string): Promise<void> {
  await unlink(join(path, holder)).catch(() => undefined);
  await rmdir(path).catch(() => undefined);
}

function busy(what: string, holder: number): SigmaError {
  return new SigmaError('store/busy', `${what} is being worked on by process ${holder}`, {
    hint: 'wait until it is done, or stop it first',
  });
}

/** Locks were files once. */
function inTheWay(path: string): SigmaError {
  return new SigmaError('store/busy', 'a file is where the lock goes', {
    where: path,
    hint: 'an earlier version left it: make sure that none works there any more, and remove the file',
  });
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}

function pause(): Promise<void> {
  return new Promise((resume) => setTimeout(resume, LOOK_AGAIN_MS));
}
