/** An artifact with everything it was made from, as one file or one folder to take elsewhere; checked when it comes back. */
import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { canonicalJson, SigmaError, sha256 } from '../../core/index.ts';
import { atomicWrite, exists, makeFolder, writeDirectory } from '../../storage/index.ts';
import { unlessMissing } from '../unless-missing.ts';
import type { ArtifactDraft, ArtifactStore } from './artifact-store.ts';
import { BUNDLE_SCHEMA, readBundleHead } from './documents.ts';
import { type ArtifactManifest, manifestText, readManifest } from './manifest.ts';
import { type TarEntry, tarBlocks, tarEntries } from './tar.ts';

const HINT = 'free space or make the folder writable, or name another with --out';

export type Bundled = { readonly hash: string; readonly artifacts: number; readonly bytes: number };

/**
 * Writes a tar file when the target ends in `.tar`, else a folder; both hold the same files. Equal artifacts give equal bytes.
 * @throws SigmaError data/exists, store/corrupt, store/write-failed
 */
export async function exportArtifact(store: ArtifactStore, hash: string, target: string): Promise<Bundled> {
  if (await exists(target))
    throw new SigmaError('data/exists', 'something of that name is there already', {
      where: target,
      hint: 'name another with --out',
    });
  const entries = await bundle(store, hash);
  if (extname(target) === '.tar')
    await atomicWrite(
      target,
      async (temporary) => {
        const file = await open(temporary, 'w');
        try {
          for (const bytes of tarBlocks(entries)) await file.write(bytes);
        } finally {
          await file.close();
        }
      },
      HINT,
    );
  else
    await writeDirectory(target, (folder) => writeEntries(folder, entries), {
      existing: async () => 'keep',
      hint: HINT,
    });
  const artifacts = entries.filter((entry) => entry.path.startsWith('manifests/')).length;
  return { hash, artifacts, bytes: sizeOf(entries.map(({ bytes }) => bytes)) };
}

/**
 * Saves what a bundle holds, parents first, under the hashes it had.
 * @throws SigmaError data/unreadable, data/newer-schema, store/corrupt naming the missing or altered entry; nothing of an artifact that is not whole is kept
 */
export async function importArtifact(store: ArtifactStore, path: string): Promise<Bundled> {
  const read = await openBundle(path);
  const head = await read('bundle.json');
  if (head === undefined) throw noBundle(path);
  const where = `${path}: bundle.json`;
  const hash = readBundleHead(textOf(head), where, (found) => noBundle(where, found));
  const manifests = await parentsFirst(hash, read, path);
  const objects = new Map<string, Uint8Array>();
  const objectOf = async (of: string): Promise<Uint8Array> => {
    const bytes = objects.get(of) ?? checkedObject(await read(objectPath(of)), of, path);
    objects.set(of, bytes);
    return bytes;
  };
  const drafts: ArtifactDraft[] = [];
  for (const { content, schema: _schema, ...description } of manifests.map(({ manifest }) => manifest)) {
    const files: Record<string, Uint8Array> = {};
    for (const [file, entry] of Object.entries(content)) files[file] = await objectOf(entry.hash);
    drafts.push({ description, source: basename(path), content: files });
  }
  for (const draft of drafts) await store.save(draft);
  const parts = [head, ...manifests.map(({ bytes }) => bytes), ...objects.values()];
  return { hash, artifacts: manifests.length, bytes: sizeOf(parts) };
}

async function bundle(store: ArtifactStore, hash: string): Promise<readonly TarEntry[]> {
  const manifests = new Map<string, TarEntry>();
  const objects = new Map<string, TarEntry>();
  const waiting = [hash];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (manifests.has(next)) continue;
    const artifact = await store.load(next);
    const { manifest } = artifact;
    manifests.set(next, { path: manifestPath(next), bytes: Buffer.from(manifestText(manifest)) });
    for (const [file, entry] of Object.entries(manifest.content))
      if (!objects.has(entry.hash))
        objects.set(entry.hash, { path: objectPath(entry.hash), bytes: await artifact.file(file) });
    waiting.push(...Object.values(manifest.parents));
  }
  const head = Buffer.from(`${canonicalJson({ schema: BUNDLE_SCHEMA, artifact: hash })}\n`);
  const inOrder = (parts: ReadonlyMap<string, TarEntry>) => [...parts.keys()].sort().map((key) => parts.get(key)!);
  return [{ path: 'bundle.json', bytes: head }, ...inOrder(manifests), ...inOrder(objects)];
}

type ReadManifest = { readonly manifest: ArtifactManifest; readonly bytes: Uint8Array };

/** Every artifact after those it was made from. */
async function parentsFirst(hash: string, read: ReadEntry, path: string): Promise<readonly ReadManifest[]> {
  const ordered = new Map<string, ReadManifest>();
  const visit = async (next: string): Promise<void> => {
    if (ordered.has(next)) return;
    const where = `${path}: ${manifestPath(next)}`;
    const bytes = await read(manifestPath(next));
    if (bytes === undefined) throw missing(where, 'the manifest is missing');
    const manifest = readManifest(textOf(bytes), next, where);
    for (const parent of Object.values(manifest.parents)) await visit(parent);
    ordered.set(next, { manifest, bytes });
  };
  await visit(hash);
  return [...ordered.values()];
}

function checkedObject(bytes: Uint8Array | undefined, hash: string, path: string): Uint8Array {
  const where = `${path}: ${objectPath(hash)}`;
  if (bytes === undefined) throw missing(where, 'the object is missing');
  if (sha256(bytes) !== hash) throw missing(where, 'the object was altered: it does not match its hash');
  return bytes;
}

async function writeEntries(folder: string, entries: readonly TarEntry[]): Promise<void> {
  for (const { path, bytes } of entries) {
    makeFolder(dirname(join(folder, path)));
    await writeFile(join(folder, path), bytes);
  }
}

/** An entry of the bundle by its path; undefined when there is none. */
type ReadEntry = (path: string) => Promise<Uint8Array | undefined>;

async function openBundle(path: string): Promise<ReadEntry> {
  const found = await unlessMissing(stat(path));
  if (found === undefined) throw new SigmaError('data/not-found', 'there is no such file or folder', { where: path });
  // Of a folder only what the bundle needs is read: whatever else lies there is nobody's business.
  if (found.isDirectory()) return (entry) => unlessMissing(readFile(join(path, entry)));
  const entries = new Map([...tarEntries(await readFile(path), path)].map((entry) => [entry.path, entry.bytes]));
  return async (entry) => entries.get(entry);
}

function sizeOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

function manifestPath(hash: string): string {
  return `manifests/${hash}.json`;
}

function objectPath(hash: string): string {
  return `objects/${hash.slice(0, 2)}/${hash.slice(2)}`;
}

function noBundle(where: string, found = 'it is no exported artifact'): SigmaError {
  return new SigmaError('data/unreadable', found, { where, hint: 'write one with sigma registry export' });
}

function missing(where: string, found: string): SigmaError {
  return new SigmaError('store/corrupt', found, { where, hint: 'export the artifact again' });
}
