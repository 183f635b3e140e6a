/** How artifacts are named: `name@alias`, `name@` and the start of a hash, or the start of a hash alone. */
import { didYouMean, SigmaError } from '../../core/index.ts';
import { standing } from './aliases.ts';
import type { ArtifactStore } from './artifact-store.ts';

/** Fewer digits would soon name several artifacts. */
const HASH_START = /^[0-9a-f]{6,64}$/;

/**
 * The hash that a reference stands for now.
 * @throws SigmaError usage/unknown-artifact with near names
 */
export async function resolveArtifact(store: ArtifactStore, reference: string): Promise<string> {
  const at = reference.indexOf('@');
  const [name, rest] = at < 0 ? ['', reference] : [reference.slice(0, at), reference.slice(at + 1)];
  const aliases = await store.aliases();
  const alias = aliases.find((one) => one.name === name && one.alias === rest);
  if (alias !== undefined) return standing(alias);
  if (HASH_START.test(rest)) {
    const matches = (await store.list()).filter(
      (one) => one.hash.startsWith(rest) && (name === '' || !('manifest' in one) || one.manifest.name === name),
    );
    if (matches.length === 1) return matches[0]!.hash;
    if (matches.length > 1)
      throw new SigmaError('usage/unknown-artifact', `'${reference}' is the start of ${matches.length} artifacts`, {
        hint: `write more of the hash: ${matches
          .slice(0, 4)
          .map(({ hash }) => hash.slice(0, 16))
          .join(', ')}`,
      });
  }
  const known = aliases.map((one) => `${one.name}@${one.alias}`);
  throw new SigmaError('usage/unknown-artifact', `the registry has no artifact '${reference}'`, {
    hint:
      didYouMean(reference, known) ||
      (known.length === 0
        ? 'see sigma registry list; name@alias needs sigma registry promote first'
        : `there are ${known.slice(0, 8).join(', ')}`),
  });
}
