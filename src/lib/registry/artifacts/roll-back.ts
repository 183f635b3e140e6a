/** An alias goes back to where it stood before its last promotion. */
import { before, requireStanding, standing } from './aliases.ts';
import type { Alias, ArtifactStore } from './artifact-store.ts';

export type RolledBack = {
  readonly alias: Alias;
  /** Hashes it stood at and stands at now. */
  readonly from: string;
  readonly to: string;
};

/**
 * Undefined where there is no such alias, or nothing before its first promotion.
 * @param reference `name@alias`
 * @param expected where it must stand for that to happen: a hash; where it is found when left out
 * @throws SigmaError store/moved when it stands elsewhere, usage/unknown-artifact when what it stood at is gone, store/busy, store/write-failed
 */
export async function rollBack(
  store: ArtifactStore,
  reference: string,
  { note, expected }: { readonly note: string; readonly expected?: string },
): Promise<RolledBack | undefined> {
  const alias = (await store.aliases()).find((one) => `${one.name}@${one.alias}` === reference);
  if (alias !== undefined && expected !== undefined) requireStanding(alias, expected, reference);
  const to = alias === undefined ? undefined : before(alias);
  if (alias === undefined || to === undefined) return undefined;
  const from = expected ?? standing(alias);
  const moved = await store.move({ hash: to, alias: alias.alias, action: 'rollback', note, expected: from });
  return { alias: moved, from, to };
}
