/** What a user means by a reference: a stored run, a study or an artifact. Every command that takes all of them decides so. */
import { resolveArtifact, resolveRun, resolveStudy } from '../lib/registry/index.ts';
import type { Workspace } from './wire.ts';

export type StoredThing =
  | { readonly kind: 'run' | 'study'; readonly id: string }
  | { readonly kind: 'artifact'; readonly hash: string };

/**
 * `name@alias` is an artifact, `latest` a run; of what begins alike a run comes before a study, and a study before an artifact.
 * @throws SigmaError usage/unknown-artifact for what can only be one, usage/unknown-study for what several studies begin with,
 * usage/unknown-run for all else that nothing or several are called by
 */
export async function storedThing(workspace: Workspace, reference: string): Promise<StoredThing> {
  if (reference.includes('@')) return artifact(workspace, reference);
  const begins = (id: string): boolean => id.startsWith(reference);
  const runs = (await (await workspace.runsAsStored()).list()).map(({ id }) => id);
  if (reference !== 'latest' && !runs.some(begins)) {
    const studies = (await (await workspace.studies()).list()).map(({ id }) => id);
    if (studies.some(begins)) return { kind: 'study', id: resolveStudy(reference, studies) };
    if (await mayBeArtifact(workspace, reference)) return artifact(workspace, reference);
  }
  return { kind: 'run', id: resolveRun(reference, runs) };
}

async function mayBeArtifact(workspace: Workspace, reference: string): Promise<boolean> {
  const registry = await workspace.registry();
  const known =
    (await registry.list()).some(({ hash }) => hash.startsWith(reference)) ||
    (await registry.aliases()).some(({ name }) => name === reference);
  // Ids of runs have 12 digits, hashes more.
  return known || /^[0-9a-f]{13,}$/.test(reference);
}

async function artifact(workspace: Workspace, reference: string): Promise<StoredThing> {
  return { kind: 'artifact', hash: await resolveArtifact(await workspace.registry(), reference) };
}
