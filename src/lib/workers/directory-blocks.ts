/** Blocks in a directory that all machines share, or that one machine keeps as its cache. */
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SigmaError, sha256 } from '../core/index.ts';
import { atomicWrite } from '../storage/index.ts';
import type { BlockStore } from './block-store.ts';
import { checkedBlock, missingBlock } from './checked-block.ts';

export function directoryBlocks(folder: string): BlockStore {
  const pathOf = (hash: string): string => join(folder, hash.slice(0, 2), hash);
  return {
    name: folder,
    put: async (bytes) => {
      const hash = sha256(bytes);
      const path = pathOf(hash);
      if ((await sizeOf(path)) !== bytes.length) await atomicWrite(path, (temporary) => writeFile(temporary, bytes));
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
