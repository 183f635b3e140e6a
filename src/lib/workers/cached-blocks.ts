/** A store that is far away behind one that is near: what was fetched once is not fetched again. */
import { SigmaError } from '../core/index.ts';
import type { BlockStore } from './block-store.ts';

export function cachedBlocks(far: BlockStore, near: BlockStore): BlockStore {
  return {
    name: far.name,
    put: (bytes) => far.put(bytes),
    get: async (hash) => {
      try {
        return await near.get(hash);
      } catch (cause) {
        // Missing or spoiled here: the far store decides.
        if (!(cause instanceof SigmaError)) throw cause;
        if (cause.code === 'store/corrupt') await near.remove(hash);
      }
      const bytes = await far.get(hash);
      await near.put(bytes);
      return bytes;
    },
    remove: async (hash) => {
      await Promise.all([far.remove(hash), near.remove(hash)]);
    },
  };
}
