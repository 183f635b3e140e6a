/** Artifacts of the registry as runs get them: loaded before the first bar, noted by their hashes, and looked at again in a session. */
import { invariant, type Json, SigmaError } from '../core/index.ts';
import { type ArtifactStore, resolveArtifact } from '../registry/index.ts';
import {
  type ArtifactSet,
  artifactReferences,
  type LoadedArtifact,
  type ParamSpecs,
  type ParamValues,
  type Strategy,
} from '../strategy/index.ts';

/** Where the artifacts of a run come from. */
export interface ArtifactSource {
  /** @throws SigmaError usage/unknown-artifact, store/corrupt, data/newer-schema */
  load(reference: string): Promise<LoadedArtifact>;
}

/** Hash by reference, as it stands in the manifest of a run. */
export type UsedArtifacts = Readonly<Record<string, string>>;

/** @param pinned hashes that references stand for, wherever their aliases have moved since */
export function artifactSource(store: ArtifactStore, pinned: UsedArtifacts = {}): ArtifactSource {
  return {
    load: async (reference) => {
      const hash = Object.hasOwn(pinned, reference) ? pinned[reference]! : await resolveArtifact(store, reference);
      return loaded(store, reference, hash);
    },
  };
}

/** Artifacts that were loaded already. */
export function loadedArtifacts(set: ArtifactSet): ArtifactSource {
  return {
    load: async (reference) => {
      const artifact = set[reference];
      invariant(artifact !== undefined, `${reference} was loaded with the others`);
      return artifact;
    },
  };
}

/**
 * All that a strategy reads under any of the parameter sets.
 * @throws SigmaError usage/unknown-artifact naming strategy and artifact, with how to come by one
 */
export async function artifactsFor(
  strategy: Strategy,
  sets: Iterable<ParamValues<ParamSpecs>>,
  source: ArtifactSource | undefined,
): Promise<ArtifactSet> {
  if (strategy.artifacts === undefined) return {};
  const references = new Set<string>();
  for (const params of sets) for (const reference of artifactReferences(strategy, params)) references.add(reference);
  const set: Record<string, LoadedArtifact> = {};
  for (const reference of references) {
    // Without a source the engine says what is missing.
    if (source !== undefined)
      set[reference] = await source.load(reference).catch((cause) => explained(cause, strategy));
  }
  return set;
}

/** What of it stands in a manifest; undefined when nothing was read. */
export function usedArtifacts(set: ArtifactSet): UsedArtifacts | undefined {
  const used = Object.values(set).map(({ reference, hash }) => [reference, hash] as const);
  return used.length === 0 ? undefined : Object.fromEntries(used);
}

export type UpdateOptions = {
  /** What the session began with. */
  readonly known: ArtifactSet;
  /** At the most one look in so many milliseconds. */
  readonly everyMs: number;
  /** Hears what keeps a version from being loaded; the one before stays in use. */
  readonly onProblem: (problem: SigmaError) => void;
};

/** Gives the versions to which aliases have moved since it was last asked, for `withArtifactUpdates`. */
export function artifactUpdates(
  source: ArtifactSource,
  options: UpdateOptions,
): () => Promise<readonly LoadedArtifact[]> {
  const hashes = new Map(Object.values(options.known).map(({ reference, hash }) => [reference, hash]));
  let looked = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - looked < options.everyMs) return [];
    looked = performance.now();
    const fresh: LoadedArtifact[] = [];
    for (const [reference, hash] of hashes) {
      try {
        const artifact = await source.load(reference);
        if (artifact.hash === hash) continue;
        hashes.set(reference, artifact.hash);
        fresh.push(artifact);
      } catch (cause) {
        // A live session does not end because a file of the registry cannot be read.
        if (!(cause instanceof SigmaError)) throw cause;
        options.onProblem(cause);
      }
    }
    return fresh;
  };
}

async function loaded(store: ArtifactStore, reference: string, hash: string): Promise<LoadedArtifact> {
  const artifact = await store.load(hash);
  const { kind, features, params } = artifact.manifest;
  const text = Buffer.from(await artifact.file(`${kind}.json`)).toString('utf8');
  try {
    const content: Json = JSON.parse(text);
    return { reference, hash, kind, params, ...(features === undefined ? {} : { features }), content };
  } catch (cause) {
    const where = `${reference} (${hash.slice(0, 12)}): ${kind}.json`;
    throw new SigmaError('data/unreadable', 'the document of the artifact is not JSON', { where, cause });
  }
}

function explained(cause: unknown, strategy: Strategy): never {
  if (!(cause instanceof SigmaError) || cause.code !== 'usage/unknown-artifact') throw cause;
  const ways = Object.values(strategy.artifacts ?? {}).flatMap(({ hint }) => (hint === undefined ? [] : [hint]));
  throw new SigmaError(cause.code, cause.found, {
    where: `strategy ${strategy.name}`,
    hint: [cause.hint, ...ways].filter((part) => part !== undefined).join('; '),
  });
}
