/** Re-hashes everything in a registry and names what is missing or altered. */
import { readFile } from 'node:fs/promises';
import { SigmaError, sha256 } from '../../core/index.ts';
import { unlessMissing } from '../unless-missing.ts';
import type { ArtifactManifest } from './manifest.ts';
import { RegistryFolder } from './registry-folder.ts';

export type Fault = {
  readonly what: 'manifest' | 'object' | 'parent' | 'alias';
  /** Hash, or `name@alias`. */
  readonly subject: string;
  readonly problem: string;
  /** Artifacts that need it, as `name hash`. */
  readonly neededBy: readonly string[];
};

export type Verification = {
  readonly artifacts: number;
  readonly objects: number;
  readonly bytes: number;
  /** Empty when everything is as it was written. */
  readonly faults: readonly Fault[];
};

/** @param only these artifacts and all they were made from; the whole registry when left out */
export async function verifyRegistry(root: string, only?: readonly string[]): Promise<Verification> {
  const folder = new RegistryFolder(root);
  const faults: Fault[] = [];
  const manifests = await readManifests(folder, only ?? (await folder.hashes()), faults);
  const needed = neededObjects(manifests);
  const unneeded = only === undefined ? (await folder.objects.list()).filter((hash) => !needed.has(hash)) : [];
  let bytes = 0;
  for (const hash of [...needed.keys(), ...unneeded]) {
    const found = await unlessMissing(readFile(folder.objects.path(hash)));
    bytes += found?.length ?? 0;
    if (found !== undefined && sha256(found) === hash) continue;
    const problem = found === undefined ? 'is missing' : 'was altered: it does not match its hash';
    faults.push({ what: 'object', subject: hash, problem, neededBy: needed.get(hash) ?? [] });
  }
  if (only === undefined) faults.push(...(await aliasFaults(folder)));
  return { artifacts: manifests.size, objects: needed.size + unneeded.length, bytes, faults };
}

/** With everything they were made from, directly or not. */
async function readManifests(
  folder: RegistryFolder,
  hashes: readonly string[],
  faults: Fault[],
): Promise<ReadonlyMap<string, ArtifactManifest>> {
  const manifests = new Map<string, ArtifactManifest>();
  const seen = new Set<string>();
  const waiting = hashes.map((hash) => ({ hash, child: '' }));
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { hash, child } = next;
    if (seen.has(hash)) continue;
    seen.add(hash);
    const neededBy = child === '' ? [] : [child];
    try {
      const manifest = await folder.manifest(hash);
      if (manifest === undefined) {
        const what = child === '' ? 'manifest' : 'parent';
        faults.push({ what, subject: hash, problem: 'is missing', neededBy });
        continue;
      }
      manifests.set(hash, manifest);
      waiting.push(
        ...Object.values(manifest.parents).map((parent) => ({ hash: parent, child: label(manifest, hash) })),
      );
    } catch (cause) {
      if (!(cause instanceof SigmaError)) throw cause;
      faults.push({ what: 'manifest', subject: hash, problem: cause.found, neededBy });
    }
  }
  return manifests;
}

function neededObjects(manifests: ReadonlyMap<string, ArtifactManifest>): ReadonlyMap<string, readonly string[]> {
  const needed = new Map<string, string[]>();
  for (const [hash, manifest] of manifests)
    for (const entry of Object.values(manifest.content))
      needed.set(entry.hash, [...(needed.get(entry.hash) ?? []), label(manifest, hash)]);
  return needed;
}

async function aliasFaults(folder: RegistryFolder): Promise<readonly Fault[]> {
  const known = new Set(await folder.hashes());
  return (await folder.aliases()).flatMap(({ name, alias, history }) =>
    [...new Set(history.map(({ hash }) => hash))]
      .filter((hash) => !known.has(hash))
      .map((hash): Fault => {
        const problem = `points at ${hash.slice(0, 12)}, which is missing`;
        return { what: 'alias', subject: `${name}@${alias}`, problem, neededBy: [] };
      }),
  );
}

function label({ name }: ArtifactManifest, hash: string): string {
  return `${name} ${hash.slice(0, 12)}`;
}
