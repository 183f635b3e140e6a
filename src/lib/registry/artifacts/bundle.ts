/** An artifact with everything it was made from, as one file or one folder to take elsewhere; checked when it comes back. */
import { mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { canonicalJson, requireSchema, SigmaError, sha256 } from '../../core/index.ts';
import { atomicWrite, exists, writeDirectory } from '../../storage/index.ts';
import { unlessMissing } from '../unless-missing.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { type ArtifactManifest, manifestText, readManifest } from './manifest.ts';
import { type TarEntry, tarBlocks, tarEntries } from './tar.ts';

const SCHEMA = 'sigma.bundle/1';
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
  return summaryOf(hash, entries);
}

/**
 * Saves what a bundle holds, parents first, under the hashes it had.
 * @throws SigmaError data/unreadable, data/newer-schema, store/corrupt naming the missing or altered entry; nothing of an artifact that is not whole is kept
 */
export async function importArtifact(store: ArtifactStore, path: string): Promise<Bundled> {
  const entries = await readEntries(path);
  const { artifact, manifests } = readBundle(entries, path);
  const files = new Map(entries.map((entry) => [entry.path, entry.bytes]));
  const ordered = parentsFirst(artifact, manifests, path);
  const drafts = ordered.map(({ content, schema: _schema, ...description }) => ({
    description,
    source: basename(path),
    content: Object.fromEntries(
      Object.entries(content).map(([file, { hash }]) => [file, checkedObject(files.get(objectPath(hash)), hash, path)]),
    ),
  }));
  for (const draft of drafts) await store.save(draft);
  return summaryOf(artifact, entries);
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
  const head = Buffer.from(`${canonicalJson({ schema: SCHEMA, artifact: hash })}\n`);
  const inOrder = (parts: ReadonlyMap<string, TarEntry>) => [...parts.keys()].sort().map((key) => parts.get(key)!);
  return [{ path: 'bundle.json', bytes: head }, ...inOrder(manifests), ...inOrder(objects)];
}

type Manifests = ReadonlyMap<string, ArtifactManifest>;

function readBundle(entries: readonly TarEntry[], path: string) {
  const head = entries.find((entry) => entry.path === 'bundle.json');
  if (head === undefined) throw noBundle(path);
  const { schema, artifact }: { readonly schema?: string; readonly artifact?: string } = parse(head.bytes, path);
  requireSchema(schema, SCHEMA, path);
  if (artifact === undefined) throw noBundle(path);
  const manifests: Manifests = new Map(
    entries.flatMap((entry) => {
      const hash = /^manifests\/([0-9a-f]{64})\.json$/.exec(entry.path)?.[1];
      const text = Buffer.from(entry.bytes).toString('utf8');
      return hash === undefined ? [] : [[hash, readManifest(text, hash, `${path}: ${entry.path}`)]];
    }),
  );
  return { artifact, manifests };
}

/** Every artifact after those it was made from. */
function parentsFirst(hash: string, manifests: Manifests, path: string): readonly ArtifactManifest[] {
  const ordered = new Map<string, ArtifactManifest>();
  const visit = (next: string): void => {
    if (ordered.has(next)) return;
    const manifest = manifests.get(next);
    if (manifest === undefined) throw missing(`${path}: ${manifestPath(next)}`, 'the manifest is missing');
    for (const parent of Object.values(manifest.parents)) visit(parent);
    ordered.set(next, manifest);
  };
  visit(hash);
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
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
}

async function readEntries(path: string): Promise<readonly TarEntry[]> {
  const found = await unlessMissing(stat(path));
  if (found === undefined) throw new SigmaError('data/not-found', 'there is no such file or folder', { where: path });
  if (!found.isDirectory()) return [...tarEntries(await readFile(path), path)];
  const names = await readdir(path, { recursive: true, withFileTypes: true });
  return Promise.all(
    names
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map(async (file) => ({ path: relative(path, file).split(sep).join('/'), bytes: await readFile(file) })),
  );
}

function summaryOf(hash: string, entries: readonly TarEntry[]): Bundled {
  return {
    hash,
    artifacts: entries.filter(({ path }) => path.startsWith('manifests/')).length,
    bytes: entries.reduce((sum, { bytes }) => sum + bytes.length, 0),
  };
}

function manifestPath(hash: string): string {
  return `manifests/${hash}.json`;
}

function objectPath(hash: string): string {
  return `objects/${hash.slice(0, 2)}/${hash.slice(2)}`;
}

function parse<T>(bytes: Uint8Array, path: string): T {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw noBundle(path);
  }
}

function noBundle(path: string): SigmaError {
  return new SigmaError('data/unreadable', 'it is no exported artifact', {
    where: path,
    hint: 'write one with sigma registry export',
  });
}

function missing(where: string, found: string): SigmaError {
  return new SigmaError('store/corrupt', found, { where, hint: 'export the artifact again' });
}
