/** An alias goes back to where it stood before its last promotion. */
import { before, standing } from './aliases.ts';
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
 * @throws SigmaError store/moved when somebody else moved it meanwhile, store/busy, store/write-failed
 */
export async function rollBack(store: ArtifactStore, reference: string, note: string): Promise<RolledBack | undefined> {
  const alias = (await store.aliases()).find((one) => `${one.name}@${one.alias}` === reference);
  const to = alias === undefined ? undefined : before(alias);
  if (alias === undefined || to === undefined) return undefined;
  const from = standing(alias);
  const moved = await store.move({ hash: to, alias: alias.alias, action: 'rollback', note, expected: from });
  return { alias: moved, from, to };
}
