/** Verification names what is broken, collection removes only what nothing leads to, and bundles travel whole or are refused. */
import { appendFile, mkdir, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/lib/core/index.ts';
import {
  collectGarbage,
  exportArtifact,
  fileArtifactStore,
  importArtifact,
  verifyRegistry,
} from '../../../src/lib/registry/index.ts';
import { inProcess } from '../in-process.ts';
import { codeOf, draft, inRegistry } from './sample.ts';

const registry = inRegistry();
const now = { graceMs: -1000, history: 10, keep: [], dryRun: false } as const;
const objectPath = (hash: string): string => join('objects', hash.slice(0, 2), hash.slice(2));
const contentHash = (level: number): string => sha256(draft(level).content['levels.json']!);

/** A parent, and a child under an alias. */
async function family() {
  const store = registry.store();
  const parent = (await store.save(draft(1))).hash;
  const child = (await store.save(draft(2, { parents: { dataset: parent } }))).hash;
  await store.move({ hash: child, alias: 'production', action: 'promote', note: '' });
  return { store, parent, child };
}

describe('verification', () => {
  it('finds nothing in a registry as it was written', async () => {
    await family();
    expect(await verifyRegistry(registry.root())).toEqual({ artifacts: 2, objects: 2, bytes: 74, faults: [] });
  });

  it('names a missing object, an altered one, an altered manifest, a missing parent and an alias into nothing', async () => {
    const { parent, child } = await family();
    await rm(join(registry.root(), objectPath(contentHash(1))));
    await writeFile(join(registry.root(), objectPath(contentHash(2))), 'x');
    const faults = async () =>
      (await verifyRegistry(registry.root())).faults.map(({ what, subject, problem }) => [what, subject, problem]);
    expect(await faults()).toEqual(
      expect.arrayContaining([
        ['object', contentHash(1), 'is missing'],
        ['object', contentHash(2), 'was altered: it does not match its hash'],
      ]),
    );
    await rm(join(registry.root(), 'manifests', `${parent}.json`));
    await appendFile(join(registry.root(), 'manifests', `${child}.json`), ' ');
    expect(await faults()).toEqual(
      expect.arrayContaining([['manifest', child, 'the manifest does not match its hash']]),
    );
    await rm(join(registry.root(), 'manifests', `${child}.json`));
    expect(await faults()).toEqual(
      expect.arrayContaining([['alias', 'levels@production', `points at ${child.slice(0, 12)}, which is missing`]]),
    );
  });

  it('of one artifact looks at it and all it was made from, and at nothing else', async () => {
    const { store, parent, child } = await family();
    const other = (await store.save(draft(3))).hash;
    await rm(join(registry.root(), objectPath(contentHash(3))));
    await rm(join(registry.root(), 'manifests', `${parent}.json`));
    const { artifacts, faults } = await verifyRegistry(registry.root(), [child]);
    expect(artifacts).toBe(1);
    expect(faults).toEqual([
      { what: 'parent', subject: parent, problem: 'is missing', neededBy: [`levels ${child.slice(0, 12)}`] },
    ]);
    expect((await verifyRegistry(registry.root(), [other])).faults.length).toBe(1);
  });
});

describe('a damaged file', () => {
  const alias = (...parts: readonly string[]) => join(registry.root(), 'aliases', ...parts);
  const meta = (hash: string) => join(registry.root(), 'meta', `${hash}.json`);

  it('of an alias is told by its name and place, and verification goes on', async () => {
    const { store, child } = await family();
    await store.move({ hash: child, alias: 'second', action: 'promote', note: '' });
    const damages: readonly (readonly [string, string])[] = [
      ['{', 'the file is not JSON'],
      ['null', 'the document: '],
      ['{"schema":"sigma.alias/1","history":[]}', 'history: '],
      [
        '{"schema":"sigma.alias/1","history":[{"hash":"x","action":"promote","time":"","note":""}]}',
        'history.0.hash: ',
      ],
    ];
    for (const [text, found] of damages) {
      await writeFile(alias('levels', 'production.json'), text);
      await expect(store.aliases()).rejects.toMatchObject({
        code: 'store/corrupt',
        found: expect.stringContaining(found),
        where: alias('levels', 'production.json'),
      });
      expect((await verifyRegistry(registry.root())).faults).toEqual([
        { what: 'alias', subject: 'levels@production', problem: expect.stringContaining(found), neededBy: [] },
      ]);
      expect(await codeOf(collectGarbage(registry.root(), now))).toBe('store/corrupt');
    }
    await writeFile(alias('levels', 'production.json'), '{"schema":"sigma.alias/2","history":[]}');
    expect(await codeOf(store.aliases())).toBe('data/newer-schema');
  });

  it('of when it was made is told by its place, and heals when the artifact is saved again', async () => {
    const { store, parent } = await family();
    for (const text of ['{', '{"created":7}']) {
      await writeFile(meta(parent), text);
      await expect(store.load(parent)).rejects.toMatchObject({ code: 'store/corrupt', where: meta(parent) });
      expect((await verifyRegistry(registry.root())).faults).toMatchObject([{ what: 'meta', subject: parent }]);
    }
    await store.save(draft(1));
    expect((await store.load(parent)).meta.source).toBe('a test');
  });

  it('that somebody else left is skipped', async () => {
    const { store } = await family();
    await writeFile(alias('.DS_Store'), 'x');
    await writeFile(alias('notes.txt'), 'x');
    await writeFile(alias('levels', 'notes.txt'), 'x');
    await writeFile(alias('levels', 'not an alias.json'), 'x');
    await writeFile(join(registry.root(), 'objects', 'ab'), 'x');
    expect((await store.aliases()).map(({ name, alias: of }) => `${name}@${of}`)).toEqual(['levels@production']);
    expect((await verifyRegistry(registry.root())).faults).toEqual([]);
    expect((await collectGarbage(registry.root(), now)).kept).toBe(2);
  });
});

describe('collection of garbage', () => {
  it('keeps what an alias stood at as many moves back as it is told, and what rollbacks lead to', async () => {
    const { store, parent } = await family();
    await rm(join(registry.root(), 'aliases'), { recursive: true });
    const hashes: string[] = [];
    for (let level = 10; level < 15; level++) {
      const { hash } = await store.save(draft(level));
      hashes.push(hash);
      await store.move({ hash, alias: 'dataset', action: 'promote', note: '' });
    }
    const [a, b, c, d, e] = hashes as [string, string, string, string, string];
    const left = async (history: number) => {
      await collectGarbage(registry.root(), { ...now, keep: [parent], history });
      return (await store.list()).map(({ hash }) => hash).sort();
    };
    expect(await left(3)).toEqual([parent, b, c, d, e].sort());
    expect(await codeOf(store.load(a))).toBe('usage/unknown-artifact');
    // Two rollbacks lead from e to c; the moves of late were e, d and c.
    await store.move({ hash: d, alias: 'dataset', action: 'rollback', note: '' });
    await store.move({ hash: c, alias: 'dataset', action: 'rollback', note: '' });
    expect(await left(1)).toEqual([parent, b, c, d].sort());
    expect(await left(0)).toEqual([parent, c].sort());
    expect((await verifyRegistry(registry.root())).faults).toEqual([]);
  });

  it('removes what no alias, no history and no child leads to, and nothing else', async () => {
    const { store, parent, child } = await family();
    const next = (await store.save(draft(3))).hash;
    await store.move({ hash: next, alias: 'production', action: 'promote', note: '' });
    const alone = (await store.save(draft(4))).hash;
    const used = (await store.save(draft(5))).hash;
    const dry = await collectGarbage(registry.root(), { ...now, keep: [used], dryRun: true });
    expect(dry).toEqual({
      artifacts: [{ hash: alone, name: 'levels', kind: 'levels' }],
      objects: [contentHash(4)],
      leftovers: 0,
      bytes: 37,
      kept: 4,
    });
    expect((await store.list()).length).toBe(5);
    expect(await collectGarbage(registry.root(), { ...now, keep: [used] })).toEqual(dry);
    expect((await store.list()).map(({ hash }) => hash).sort()).toEqual([parent, child, next, used].sort());
    expect((await verifyRegistry(registry.root())).faults).toEqual([]);
  });

  it('leaves alone what is younger than the grace, whole or half-written', async () => {
    const { store } = await family();
    await store.save(draft(4));
    const half = join(registry.root(), 'manifests', '.x.json.1-a.tmp');
    await writeFile(half, '');
    const kept = await collectGarbage(registry.root(), { ...now, graceMs: 60_000 });
    expect([kept.artifacts, kept.objects, kept.leftovers]).toEqual([[], [], 0]);
    expect((await collectGarbage(registry.root(), now)).leftovers).toBe(0); // its writer may still live
    await utimes(half, 0, 0);
    expect((await collectGarbage(registry.root(), now)).leftovers).toBe(1);
  });

  it('refuses to guess while a manifest cannot be read', async () => {
    const { child } = await family();
    await appendFile(join(registry.root(), 'manifests', `${child}.json`), ' ');
    expect(await codeOf(collectGarbage(registry.root(), now))).toBe('store/corrupt');
  });

  it('does nothing in a registry that does not exist', async () => {
    expect((await collectGarbage(registry.path('none'), now)).kept).toBe(0);
    expect(await readdir(registry.path())).toEqual([]);
  });

  it('at the same time as a writer in another process loses nothing that the writer named', async () => {
    await family();
    const module = fileURLToPath(new URL('../../../src/lib/registry/index.ts', import.meta.url));
    const description = JSON.stringify(draft(0).description);
    const writer = `
      import { fileArtifactStore } from ${JSON.stringify(module)};
      const store = fileArtifactStore(${JSON.stringify(registry.root())});
      for (let level = 100; level < 130; level++) {
        const content = { 'levels.json': Buffer.from(JSON.stringify({ schema: 'sigma.levels/1', level })) };
        for (let tries = 0; ; tries++) {
          const { hash } = await store.save({ description: ${description}, content, source: '' });
          try {
            await store.move({ hash, alias: 'a' + level, action: 'promote', note: '' });
            break;
          } catch (error) {
            if (error.code !== 'usage/unknown-artifact' || tries > 50) throw error;
          }
        }
      }`;
    let writing = true;
    const done = inProcess(writer).then((output) => {
      writing = false;
      return output;
    });
    while (writing) await collectGarbage(registry.root(), now);
    expect(await done).toBe('');
    const { faults, artifacts } = await verifyRegistry(registry.root());
    expect([faults, artifacts]).toEqual([[], 32]);
  });
});

describe('a bundle', () => {
  it.each(['out.tar', 'out'])(
    'as %s brings an artifact and its parents into another registry under their hashes',
    async (name) => {
      const { store, child } = await family();
      const path = registry.path(name);
      const written = await exportArtifact(store, child, path);
      expect(written).toMatchObject({ hash: child, artifacts: 2 });
      const elsewhere = fileArtifactStore(registry.path('elsewhere'));
      expect(await importArtifact(elsewhere, path)).toEqual(written);
      expect((await verifyRegistry(registry.path('elsewhere'))).artifacts).toBe(2);
      expect(await (await elsewhere.load(child)).file('levels.json')).toEqual(draft(2).content['levels.json']);
      expect(await codeOf(exportArtifact(store, child, path))).toBe('data/exists');
    },
  );

  it('as a folder is read by what it needs, whatever else lies in the folder', async () => {
    const { store, child } = await family();
    await exportArtifact(store, child, registry.path('out'));
    // More than any file that can be read at once, and nothing on the disk.
    await writeFile(registry.path('out', 'video.mp4'), '');
    await truncate(registry.path('out', 'video.mp4'), 3 * 2 ** 30);
    await writeFile(registry.path('out', 'manifests', `${'f'.repeat(64)}.json`), 'of no artifact here');
    const taken = await importArtifact(fileArtifactStore(registry.path('elsewhere')), registry.path('out'));
    expect(taken).toMatchObject({ hash: child, artifacts: 2 });
  });

  it('has the same bytes wherever and whenever it is written', async () => {
    const { store, child } = await family();
    await exportArtifact(store, child, registry.path('a.tar'));
    await importArtifact(fileArtifactStore(registry.path('elsewhere')), registry.path('a.tar'));
    await exportArtifact(fileArtifactStore(registry.path('elsewhere')), child, registry.path('b.tar'));
    expect(sha256(await readFile(registry.path('a.tar')))).toBe(sha256(await readFile(registry.path('b.tar'))));
  });

  it('that is cut short, altered or of another kind is refused, and nothing of it is kept', async () => {
    const { store, child } = await family();
    const elsewhere = fileArtifactStore(registry.path('elsewhere'));
    await exportArtifact(store, child, registry.path('out.tar'));
    const whole = await readFile(registry.path('out.tar'));
    for (const head of ['{', '{"schema":"sigma.bundle/1"}', '[]', '{"schema":"sigma.bundle/1","artifact":"../x"}']) {
      await rm(registry.path('head'), { recursive: true, force: true });
      await mkdir(registry.path('head'));
      await writeFile(registry.path('head', 'bundle.json'), head);
      await expect(importArtifact(elsewhere, registry.path('head'))).rejects.toMatchObject({
        code: 'data/unreadable',
        where: `${registry.path('head')}: bundle.json`,
      });
    }
    for (const share of [0, 0.3, 0.6]) {
      await writeFile(registry.path('cut.tar'), whole.subarray(0, Math.floor(whole.length * share)));
      expect(await codeOf(importArtifact(elsewhere, registry.path('cut.tar')))).toBe('data/unreadable');
    }
    await writeFile(registry.path('altered.tar'), whole.toString('latin1').replace('"level":2', '"level":7'), 'latin1');
    await expect(importArtifact(elsewhere, registry.path('altered.tar'))).rejects.toMatchObject({
      code: 'store/corrupt',
      where: expect.stringContaining(objectPath(contentHash(2))),
    });
    await exportArtifact(store, child, registry.path('out'));
    await rm(registry.path('out', objectPath(contentHash(1))));
    expect(await codeOf(importArtifact(elsewhere, registry.path('out')))).toBe('store/corrupt');
    expect(await codeOf(importArtifact(elsewhere, registry.path('nowhere')))).toBe('data/not-found');
    expect(await elsewhere.list()).toEqual([]);
  });
});
