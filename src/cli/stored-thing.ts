/** What a user means by a reference: a stored run, a study or an artifact. Every command that takes all of them decides so. */
import type { Workspace } from './wire.ts';

export type StoredThing =
  | { readonly kind: 'run' }
  | { readonly kind: 'study'; readonly id: string }
  | { readonly kind: 'artifact'; readonly hash: string };

/**
 * `name@alias` is an artifact, `latest` a run; of what begins alike a run comes before a study, and a study before an artifact.
 * What nothing is called by is taken for a run, which is then missed by name.
 * @throws SigmaError usage/unknown-artifact for what can only be one
 */
export async function storedThing(workspace: Workspace, reference: string): Promise<StoredThing> {
  if (reference.includes('@')) return artifact(workspace, reference);
  const begins = ({ id }: { readonly id: string }): boolean => id.startsWith(reference);
  if (reference === 'latest' || (await (await workspace.runsAsStored()).list()).some(begins)) return { kind: 'run' };
  const [study, ...more] = (await (await workspace.studies()).list()).filter(begins);
  if (study !== undefined && more.length === 0) return { kind: 'study', id: study.id };
  if (study !== undefined) return { kind: 'run' };
  const registry = await workspace.registry();
  const known =
    (await registry.list()).some(({ hash }) => hash.startsWith(reference)) ||
    (await registry.aliases()).some(({ name }) => name === reference);
  // Ids of runs have 12 digits, hashes more.
  return known || /^[0-9a-f]{13,}$/.test(reference) ? artifact(workspace, reference) : { kind: 'run' };
}

async function artifact(workspace: Workspace, reference: string): Promise<StoredThing> {
  const { resolveArtifact } = await import('../lib/registry/index.ts');
  return { kind: 'artifact', hash: await resolveArtifact(await workspace.registry(), reference) };
}
