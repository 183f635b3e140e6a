/** Makes an artifact again and compares it byte by byte. How a kind is made is not known here: whoever composes the program says so. */
import { SigmaError } from '../../core/index.ts';
import type { ArtifactDraft, ArtifactStore, StoredArtifact } from './artifact-store.ts';
import { type ArtifactDifference, diffArtifacts } from './diff.ts';
import { manifestOf } from './manifest.ts';

/** Makes an artifact again from what its manifest says; its parents are in the store. */
export type Rebuild = (
  artifact: StoredArtifact,
  store: ArtifactStore,
) => Promise<Pick<ArtifactDraft, 'content' | 'description'>>;

/** By kind. */
export type Rebuilders = Readonly<Record<string, Rebuild>>;

export type ArtifactReproduction = {
  readonly hash: string;
  /** Of what was made now. */
  readonly rebuilt: string;
  readonly equal: boolean;
  /** Absent when every byte is equal. */
  readonly difference?: ArtifactDifference;
};

/** @throws SigmaError usage/unknown-artifact for a kind that nobody can make, store/corrupt, and whatever making it throws */
export async function reproduceArtifact(
  store: ArtifactStore,
  hash: string,
  rebuilders: Rebuilders,
): Promise<ArtifactReproduction> {
  const stored = await store.load(hash);
  const { kind, name } = stored.manifest;
  const rebuild = Object.hasOwn(rebuilders, kind) ? rebuilders[kind] : undefined;
  if (rebuild === undefined)
    throw new SigmaError('usage/unknown-artifact', `this program cannot make artifacts of kind ${kind}`, {
      where: `${name} ${hash.slice(0, 12)}`,
      hint: `it can make ${Object.keys(rebuilders).join(', ') || 'none'}`,
    });
  // What is compared with must itself be as it was written.
  for (const file of Object.keys(stored.manifest.content)) await stored.file(file);
  const { description, content } = await rebuild(stored, store);
  const { hash: rebuilt, manifest } = manifestOf(description, content);
  if (rebuilt === hash) return { hash, rebuilt, equal: true };
  const made: StoredArtifact = { hash: rebuilt, manifest, meta: stored.meta, file: async (file) => content[file]! };
  return { hash, rebuilt, equal: false, difference: await diffArtifacts(stored, made) };
}
