/**
 * How a registry lies on disk: `objects/ab/cdef…` holds bytes, `manifests/<hash>.json` what they are, `meta/<hash>.json` when
 * and where they were made, `aliases/<name>/<alias>.json` where aliases stand.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, type Json, SigmaError } from '../../core/index.ts';
import { atomicWrite } from '../../storage/index.ts';
import { lock } from '../lock.ts';
import { unlessMissing } from '../unless-missing.ts';
import { HINT } from '../write-failed.ts';
import type { Alias, ArtifactMeta } from './artifact-store.ts';
import { ALIAS_SCHEMA, readAliasHistory, readMeta } from './documents.ts';
import { type ArtifactManifest, namePattern, readManifest } from './manifest.ts';
import { type ObjectFolder, objectFolder } from './object-folder.ts';

/** Longer than any save, promotion or collection holds the registry. */
const WAIT_MS = 30_000;

export class RegistryFolder {
  readonly objects: ObjectFolder;
  private readonly root: string;

  /** @param root made when the first artifact is saved */
  constructor(root: string) {
    this.root = root;
    this.objects = objectFolder(join(root, 'objects'));
  }

  /** Nobody else saves, moves or collects meanwhile. @throws SigmaError store/busy, store/write-failed */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    const giveBack = await lock(join(this.root, 'lock'), { what: 'the registry', waitMs: WAIT_MS });
    try {
      return await work();
    } finally {
      await giveBack();
    }
  }

  manifestPath(hash: string): string {
    return join(this.root, 'manifests', `${hash}.json`);
  }

  metaPath(hash: string): string {
    return join(this.root, 'meta', `${hash}.json`);
  }

  /** Hashes of all manifests, in their order. */
  async hashes(): Promise<readonly string[]> {
    const names = (await unlessMissing(readdir(join(this.root, 'manifests')))) ?? [];
    return names
      .filter((name) => /^[0-9a-f]{64}\.json$/.test(name))
      .map((name) => name.slice(0, 64))
      .sort();
  }

  /** Undefined when there is no such artifact. @throws SigmaError store/corrupt, data/newer-schema */
  async manifest(hash: string): Promise<ArtifactManifest | undefined> {
    const path = this.manifestPath(hash);
    const text = await unlessMissing(readFile(path, 'utf8'));
    return text === undefined ? undefined : readManifest(text, hash, path);
  }

  async writeManifest(hash: string, text: string): Promise<void> {
    await writeText(this.manifestPath(hash), text);
  }

  /** An artifact whose meta is gone is still whole. @throws SigmaError store/corrupt */
  async meta(hash: string): Promise<ArtifactMeta> {
    const path = this.metaPath(hash);
    const text = await unlessMissing(readFile(path, 'utf8'));
    if (text === undefined) return { created: '', host: '', source: '', locations: {} };
    return readMeta(text, corrupt(path, 'remove the file: the artifact is whole without it'));
  }

  async writeMeta(hash: string, meta: ArtifactMeta): Promise<void> {
    await writeText(this.metaPath(hash), `${canonicalJson(meta)}\n`);
  }

  /** Name and alias of each, in their order. Files that are no alias are skipped. */
  async aliasNames(): Promise<readonly (readonly [name: string, alias: string])[]> {
    const folder = join(this.root, 'aliases');
    const names = ((await unlessMissing(readdir(folder))) ?? []).filter((name) => namePattern.test(name)).sort();
    const all = await Promise.all(
      names.map(async (name) =>
        ((await unlessMissing(readdir(join(folder, name)))) ?? [])
          .filter((file) => file.endsWith('.json') && namePattern.test(file.slice(0, -'.json'.length)))
          .sort()
          .map((file) => [name, file.slice(0, -'.json'.length)] as const),
      ),
    );
    return all.flat();
  }

  /** By name and alias. @throws SigmaError store/corrupt, data/newer-schema */
  async aliases(): Promise<readonly Alias[]> {
    const all = await Promise.all((await this.aliasNames()).map(([name, alias]) => this.alias(name, alias)));
    return all.filter((alias) => alias !== undefined);
  }

  /** Undefined when there is no such alias. @throws SigmaError store/corrupt, data/newer-schema */
  async alias(name: string, alias: string): Promise<Alias | undefined> {
    const path = this.aliasPath(name, alias);
    const text = await unlessMissing(readFile(path, 'utf8'));
    if (text === undefined) return undefined;
    const refuse = corrupt(path, 'restore the file from a copy, or remove it and promote again');
    return { name, alias, history: readAliasHistory(text, path, refuse) };
  }

  async writeAlias({ name, alias, history }: Alias): Promise<void> {
    const moves = history.map((move): Json => ({ ...move }));
    await writeText(this.aliasPath(name, alias), `${canonicalJson({ schema: ALIAS_SCHEMA, history: moves })}\n`);
  }

  /** Folders in which a process that was killed may have left a half-written file. */
  async folders(): Promise<readonly string[]> {
    const below = async (name: string): Promise<string[]> =>
      ((await unlessMissing(readdir(join(this.root, name), { withFileTypes: true }))) ?? [])
        .filter((entry) => entry.isDirectory())
        .map((entry) => join(this.root, name, entry.name));
    return [
      this.root,
      join(this.root, 'manifests'),
      join(this.root, 'meta'),
      ...(await below('objects')),
      ...(await below('aliases')),
    ];
  }

  private aliasPath(name: string, alias: string): string {
    return join(this.root, 'aliases', name, `${alias}.json`);
  }
}

function writeText(path: string, text: string): Promise<void> {
  return atomicWrite(path, (temporary) => writeFile(temporary, text), HINT);
}

function corrupt(where: string, hint: string): (found: string) => SigmaError {
  return (found) => new SigmaError('store/corrupt', found, { where, hint });
}
