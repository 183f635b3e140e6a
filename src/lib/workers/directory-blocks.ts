/** Blocks in a directory that all machines share, or that one machine keeps as its cache. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SigmaError, sha256 } from '../core/index.ts';
import type { BlockStore } from './block-store.ts';
import { checkedBlock, missingBlock } from './checked-block.ts';

export function directoryBlocks(folder: string): BlockStore {
  const pathOf = (hash: string): string => join(folder, hash.slice(0, 2), hash);
  return {
    name: folder,
    put: async (bytes) => {
      const hash = sha256(bytes);
      const path = pathOf(hash);
      if ((await sizeOf(path)) !== bytes.length) await writeWhole(path, bytes);
      return hash;
    },
    get: async (hash) => {
      const bytes = await readFile(pathOf(hash)).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === 'ENOENT') throw missingBlock(hash, folder);
        throw new SigmaError('data/unreadable', cause.message, { where: pathOf(hash), cause });
      });
      return checkedBlock(bytes, hash, folder);
    },
    remove: (hash) => rm(pathOf(hash), { force: true }),
  };
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.size,
    () => -1,
  );
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new SigmaError('store/write-failed', cause instanceof Error ? cause.message : String(cause), {
      where: path,
      hint: 'free space or make the folder writable',
      cause,
    });
  }
}
