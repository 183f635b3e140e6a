/** Removes what nothing leads to any more: artifacts under no alias, and objects of no artifact. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessMissing } from '../unless-missing.ts';
import { writeFailed } from '../write-failed.ts';
import { recent } from './aliases.ts';
import type { ArtifactManifest } from './manifest.ts';
import { RegistryFolder } from './registry-folder.ts';

const DAY_MS = 86_400_000;

export type GarbageOptions = {
  /** Younger things stay: somebody may be about to name them. */
  readonly graceMs: number;
  /** Moves of an alias back to which what it stood at stays. */
  readonly history: number;
  /** Hashes that others refer to, such as stored runs. */
  readonly keep: readonly string[];
  /** Only says what would go. */
  readonly dryRun: boolean;
};

export type Garbage = {
  readonly artifacts: readonly { readonly hash: string; readonly name: string; readonly kind: string }[];
  readonly objects: readonly string[];
  /** Half-written files of processes that were killed. */
  readonly leftovers: number;
  /** Of the objects. */
  readonly bytes: number;
  /** Artifacts that stay. */
  readonly kept: number;
};

/**
 * What an alias points at stays, and what it pointed at lately, with everything they were made from.
 * @throws SigmaError store/corrupt or data/newer-schema while a manifest or an alias cannot be read: what it needs is not known
 */
export async function collectGarbage(root: string, options: GarbageOptions): Promise<Garbage> {
  const folder = new RegistryFolder(root);
  if ((await folder.hashes()).length === 0 && (await folder.objects.list()).length === 0) return nothing;
  // Saves and promotions wait: what is unreachable now cannot become reachable before it is gone.
  return options.dryRun ? collect(folder, options) : folder.alone(() => collect(folder, options));
}

const nothing: Garbage = { artifacts: [], objects: [], leftovers: 0, bytes: 0, kept: 0 };

async function collect(folder: RegistryFolder, options: GarbageOptions): Promise<Garbage> {
  const oldest = Date.now() - options.graceMs;
  const sizeIfOld = async (path: string): Promise<number> => {
    const found = await unlessMissing(stat(path));
    return found === undefined || found.mtimeMs > oldest ? -1 : found.size;
  };
  const remove = async (path: string): Promise<void> => {
    if (options.dryRun) return;
    await rm(path, { recursive: true, force: true }).catch((cause: unknown) => {
      throw writeFailed(path, cause);
    });
  };
  const manifests = await allManifests(folder);
  const roots = [...options.keep, ...(await folder.aliases()).flatMap((alias) => recent(alias, options.history))];
  for (const hash of manifests.keys()) if ((await sizeIfOld(folder.manifestPath(hash))) < 0) roots.push(hash);
  const reachable = lineage(manifests, roots);
  const artifacts = [...manifests].filter(([hash]) => !reachable.has(hash));
  const needed = new Set([...reachable.values()].flatMap(({ content }) => Object.values(content).map((c) => c.hash)));
  // Manifests first: a collection that is cut off leaves objects without a manifest, never the reverse.
  for (const [hash] of artifacts) {
    await remove(folder.manifestPath(hash));
    await remove(folder.metaPath(hash));
  }
  const objects: string[] = [];
  let bytes = 0;
  for (const hash of await folder.objects.list()) {
    const size = needed.has(hash) ? -1 : await sizeIfOld(folder.objects.path(hash));
    if (size < 0) continue;
    await remove(folder.objects.path(hash));
    objects.push(hash);
    bytes += size;
  }
  let leftovers = 0;
  for (const path of await halfWritten(folder)) {
    await remove(path);
    leftovers++;
  }
  return {
    artifacts: artifacts.map(([hash, { name, kind }]) => ({ hash, name, kind })),
    objects,
    leftovers,
    bytes,
    kept: reachable.size,
  };
}

async function allManifests(folder: RegistryFolder): Promise<ReadonlyMap<string, ArtifactManifest>> {
  const manifests = new Map<string, ArtifactManifest>();
  for (const hash of await folder.hashes()) {
    const manifest = await folder.manifest(hash);
    if (manifest !== undefined) manifests.set(hash, manifest);
  }
  return manifests;
}

function lineage(
  manifests: ReadonlyMap<string, ArtifactManifest>,
  roots: readonly string[],
): ReadonlyMap<string, ArtifactManifest> {
  const reached = new Map<string, ArtifactManifest>();
  const waiting = [...roots];
  for (let hash = waiting.pop(); hash !== undefined; hash = waiting.pop()) {
    const manifest = manifests.get(hash);
    if (manifest === undefined || reached.has(hash)) continue;
    reached.set(hash, manifest);
    waiting.push(...Object.values(manifest.parents));
  }
  return reached;
}

/** What processes left that were killed a day ago or more; a younger one may still be writing. */
async function halfWritten(folder: RegistryFolder): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of await folder.folders())
    for (const name of (await unlessMissing(readdir(path))) ?? []) {
      const written = name.startsWith('.') ? await unlessMissing(stat(join(path, name))) : undefined;
      if (written !== undefined && Date.now() - written.mtimeMs > DAY_MS) found.push(join(path, name));
    }
  return found;
}
