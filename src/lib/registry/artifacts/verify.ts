/** Re-hashes everything in a registry and names what is missing or altered. */
import { readFile } from 'node:fs/promises';
import { SigmaError, sha256 } from '../../core/index.ts';
import { unlessMissing } from '../unless-missing.ts';
import { standing } from './aliases.ts';
import type { ArtifactManifest } from './manifest.ts';
import { RegistryFolder } from './registry-folder.ts';

export type Fault = {
  readonly what: 'manifest' | 'meta' | 'object' | 'parent' | 'alias';
  /** Hash, or `name@alias`. */
  readonly subject: string;
  readonly problem: string;
  /** Written by a newer version of sigma: nothing is wrong with it, this version cannot read it. */
  readonly newer?: true;
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
  for (const hash of manifests.keys())
    await toldOf(faults, { what: 'meta', subject: hash, neededBy: [] }, async () => void (await folder.meta(hash)));
  if (only === undefined) await aliasFaults(folder, faults);
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
    await toldOf(faults, { what: 'manifest', subject: hash, neededBy }, async () => {
      const manifest = await folder.manifest(hash);
      if (manifest === undefined) {
        const what = child === '' ? 'manifest' : 'parent';
        faults.push({ what, subject: hash, problem: 'is missing', neededBy });
        return;
      }
      manifests.set(hash, manifest);
      waiting.push(
        ...Object.values(manifest.parents).map((parent) => ({ hash: parent, child: label(manifest, hash) })),
      );
    });
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

async function aliasFaults(folder: RegistryFolder, faults: Fault[]): Promise<void> {
  const known = new Set(await folder.hashes());
  for (const [name, alias] of await folder.aliasNames()) {
    const about = { what: 'alias', subject: `${name}@${alias}`, neededBy: [] } as const;
    await toldOf(faults, about, async () => {
      const found = await folder.alias(name, alias);
      // What it stood at long ago may have been collected as garbage.
      const hash = found === undefined ? undefined : standing(found);
      if (hash !== undefined && !known.has(hash))
        faults.push({ ...about, problem: `points at ${hash.slice(0, 12)}, which is missing` });
    });
  }
}

/** What cannot be read is a fault like any other. */
async function toldOf(
  faults: Fault[],
  about: Omit<Fault, 'problem' | 'newer'>,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (cause) {
    if (!(cause instanceof SigmaError)) throw cause;
    const newer = cause.code === 'data/newer-schema' ? ({ newer: true } as const) : {};
    faults.push({ ...about, problem: cause.found, ...newer });
  }
}

function label({ name }: ArtifactManifest, hash: string): string {
  return `${name} ${hash.slice(0, 12)}`;
}
