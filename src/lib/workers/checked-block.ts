/** What every store says of a block that is not there or is not what its hash says. */
import { SigmaError, sha256 } from '../core/index.ts';
import type { BlockHash } from './block-store.ts';

/** @throws SigmaError store/corrupt */
export function checkedBlock(bytes: Uint8Array, hash: BlockHash, store: string): Uint8Array {
  if (sha256(bytes) === hash) return bytes;
  throw new SigmaError('store/corrupt', 'its bytes do not match its hash', {
    where: `block ${hash.slice(0, 12)} of ${store}`,
    hint: 'remove it and start again: it is written anew',
  });
}

export function missingBlock(hash: BlockHash, store: string): SigmaError {
  return new SigmaError('store/missing-block', 'there is no such block', {
    where: `block ${hash.slice(0, 12)} of ${store}`,
    hint: 'whoever starts the work and its workers must use the same store (--blocks)',
  });
}
