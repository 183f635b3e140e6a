/** Content hashes. The only place from `core` to `engine` that uses a Node built-in: SHA-256 is pure, so nothing below learns the time or touches a disk. */
import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from './canonical.ts';

/** Lower-case hexadecimal SHA-256 of bytes, text (as UTF-8) or a list of both, in order. */
export function sha256(...parts: readonly (string | NodeJS.ArrayBufferView)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** SHA-256 of a value's canonical JSON. */
export function hashJson(value: Json): string {
  return sha256(canonicalJson(value));
}
