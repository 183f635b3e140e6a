/** A folder with all that lead to it, one at a time: `recursive` of Node never ends where a file system takes no folders, as /proc. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Nothing happens where it is there already. @throws the system's error */
export function makeFolder(path: string): void {
  if (made(path)) return;
  makeFolder(dirname(path));
  if (!made(path)) throw Object.assign(new Error(`no folder can be made: ${path}`), { code: 'ENOENT', path });
}

/** False where there is nothing to make it in. */
function made(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(path).isDirectory()) return true;
    if (code === 'ENOENT' && dirname(path) !== path) return false;
    throw error;
  }
}
