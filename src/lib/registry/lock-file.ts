/** A file that one process holds at a time; the lock of a process that died is taken over. */
import { readFile, unlink, writeFile } from 'node:fs/promises';
import { SigmaError } from '../core/index.ts';
import { writeFailed } from './write-failed.ts';

const ATTEMPTS = 5;

/**
 * Takes the lock and returns the function that gives it back.
 * @param what named in the error, for example `study 4f2a…`
 * @throws SigmaError store/busy with the holder's process id, store/write-failed
 */
export async function lockFile(path: string, what: string): Promise<() => Promise<void>> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' });
      return () => unlink(path).catch(() => undefined);
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw writeFailed(path, cause);
      const holder = Number(await readFile(path, 'utf8').catch(() => ''));
      if (isAlive(holder)) throw busy(what, holder);
      await unlink(path).catch(() => undefined);
    }
  }
  throw busy(what, Number.NaN);
}

function busy(what: string, holder: number): SigmaError {
  return new SigmaError('store/busy', `${what} is being worked on by process ${holder}`, {
    hint: 'wait until it is done, or stop it first',
  });
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
