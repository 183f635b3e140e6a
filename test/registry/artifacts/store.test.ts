/** Artifacts are named by what decided them, come back as they were saved or not at all, and aliases move one step at a time. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/lib/core/index.ts';
import { before } from '../../../src/lib/registry/artifacts/aliases.ts';
import { diffArtifacts, fileArtifactStore, resolveArtifact, standing } from '../../../src/lib/registry/index.ts';
import { inProcess } from '../in-process.ts';
import { codeOf, draft, inRegistry } from './sample.ts';

const registry = inRegistry();
const object = (bytes: Uint8Array): string =>
  join(registry.root(), 'objects', sha256(bytes).slice(0, 2), sha256(bytes).slice(2));

describe('an artifact', () => {
  it('comes back as it was saved, and saving it again changes nothing', async () => {
    const store = registry.store();
    const { hash, outcome } = await store.save(draft(1));
    expect(outcome).toBe('new');
    expect(await store.save({ ...draft(1), source: 'elsewhere' })).toEqual({ hash, outcome: 'same' });
    const stored = await store.load(hash);
    expect(stored.meta.source).toBe('a test');
    expect(stored.manifest).toMatchObject({ schema: 'sigma.artifact/1', ...draft(1).description });
    expect(await stored.file('levels.json')).toEqual(draft(1).content['levels.json']);
    expect(await codeOf(stored.file('other.json'))).toBe('usage/unknown-artifact');
  });

  it('is named by the hash of its manifest, whatever the order of its keys', async () => {
    const { hash } = await registry.store().save(draft(1));
    expect(sha256(await readFile(join(registry.root(), 'manifests', `${hash}.json`)))).toBe(hash);
    const reordered = Object.fromEntries(Object.entries(draft(1).description).reverse());
    const again = { ...draft(1), description: reordered as ReturnType<typeof draft>['description'] };
    expect((await registry.store().save(again)).hash).toBe(hash);
    expect((await registry.store().save(draft(1, { seed: 8 }))).hash).not.toBe(hash);
    expect((await registry.store().save(draft(2))).hash).not.toBe(hash);
  });

  it('is refused when its description cannot be, and nothing of it is named', async () => {
    expect(await codeOf(registry.store().save(draft(1, { name: 'a/b' })))).toBe('usage/bad-artifact');
    expect(await codeOf(registry.store().save(draft(1, { trials: -1 })))).toBe('usage/bad-artifact');
    expect(await codeOf(registry.store().save({ ...draft(1), content: { '../x': Buffer.from('') } }))).toBe(
      'usage/bad-artifact',
    );
    expect(await codeOf(registry.store().save(draft(1, { parents: { dataset: 'f'.repeat(64) } })))).toBe(
      'usage/unknown-artifact',
    );
    expect(await registry.store().list()).toEqual([]);
  });

  it('has no Sharpe ratio out of several trials without what the trials leave of it', async () => {
    await expect(registry.store().save(draft(1, { metrics: { sharpe: 2 } }))).rejects.toMatchObject({
      code: 'usage/bad-artifact',
      found: 'its Sharpe ratio is the best of 12 trials and not deflated by them',
    });
    for (const fine of [{ metrics: { sharpe: 2, dsr: 0.4 } }, { metrics: { sharpe: 2 }, trials: 1 }])
      expect((await registry.store().save(draft(1, fine))).outcome).toBe('new');
  });

  it('is refused when an object is missing or altered, by the path of the object, and heals when it is saved again', async () => {
    const store = registry.store();
    const { hash } = await store.save(draft(1));
    const path = object(draft(1).content['levels.json']!);
    await writeFile(path, '{"schema":"sigma.levels/1","level":9}');
    await expect((await store.load(hash)).file('levels.json')).rejects.toMatchObject({
      code: 'store/corrupt',
      where: path,
    });
    await store.save(draft(1));
    expect(await (await store.load(hash)).file('levels.json')).toEqual(draft(1).content['levels.json']);
    await rm(path);
    expect(await codeOf((await store.load(hash)).file('levels.json'))).toBe('store/corrupt');
  });

  it('of a newer schema is refused with both versions and named in the list', async () => {
    const { hash } = await registry.store().save(draft(1));
    const text = (await readFile(join(registry.root(), 'manifests', `${hash}.json`), 'utf8')).replace(
      'sigma.artifact/1',
      'sigma.artifact/3',
    );
    await writeFile(join(registry.root(), 'manifests', `${sha256(text)}.json`), text);
    await expect(registry.store().load(sha256(text))).rejects.toMatchObject({
      code: 'data/newer-schema',
      found: 'it is written as sigma.artifact/3, and this version reads sigma.artifact/1',
    });
    const problems = (await registry.store().list()).flatMap((one) => ('problem' in one ? [one.hash] : []));
    expect(problems).toEqual([sha256(text)]);
  });

  it('that cannot be written leaves nothing half there', async () => {
    await mkdir(join(registry.root(), 'manifests'), { recursive: true });
    await writeFile(join(registry.root(), 'meta'), 'in the way');
    expect(await codeOf(registry.store().save(draft(1)))).toBe('store/write-failed');
    expect(await registry.store().list()).toEqual([]);
    expect(await readdir(join(registry.root(), 'manifests'))).toEqual([]);
    await rm(join(registry.root(), 'meta'));
    expect((await registry.store().save(draft(1))).outcome).toBe('new');
  });
});

describe('an alias', () => {
  it('moves to what is promoted and back by rollback, one promotion at a time', async () => {
    const store = registry.store();
    const hashes: string[] = [];
    for (const level of [1, 2, 3]) {
      const { hash } = await store.save(draft(level));
      hashes.push(hash);
      await store.move({ hash, alias: 'production', action: 'promote', note: `level ${level}` });
    }
    for (const expected of [hashes[1], hashes[0]]) {
      const [alias] = await store.aliases();
      expect(before(alias!)).toBe(expected);
      await store.move({ hash: before(alias!)!, alias: 'production', action: 'rollback', note: '' });
    }
    const [alias] = await store.aliases();
    expect(standing(alias!)).toBe(hashes[0]);
    expect(before(alias!)).toBeUndefined();
    expect(alias!.history.map(({ action }) => action)).toEqual([
      'promote',
      'promote',
      'promote',
      'rollback',
      'rollback',
    ]);
    expect(await resolveArtifact(store, 'levels@production')).toBe(hashes[0]);
  });

  it('goes to nothing that is broken', async () => {
    const store = registry.store();
    const { hash: whole } = await store.save(draft(1));
    const { hash: broken } = await store.save(draft(2));
    const change = { alias: 'production', action: 'promote', note: '' } as const;
    await store.move({ ...change, hash: whole });
    const path = object(draft(2).content['levels.json']!);
    await writeFile(path, 'altered');
    await expect(store.move({ ...change, hash: broken })).rejects.toMatchObject({ code: 'store/corrupt', where: path });
    await rm(path);
    await expect(store.move({ ...change, hash: broken })).rejects.toMatchObject({ code: 'store/corrupt', where: path });
    expect(standing((await store.aliases())[0]!)).toBe(whole);
  });

  it('stays where it is when it stands elsewhere than the mover believed', async () => {
    const store = registry.store();
    const { hash } = await store.save(draft(1));
    const other = (await store.save(draft(2))).hash;
    const move = { alias: 'production', action: 'promote', note: '' } as const;
    await store.move({ ...move, hash, expected: 'absent' });
    expect(await codeOf(store.move({ ...move, hash, expected: 'absent' }))).toBe('store/moved');
    expect(await codeOf(store.move({ ...move, hash: other, expected: 'absent' }))).toBe('store/moved');
    await store.move({ ...move, hash: other, expected: hash });
    expect(standing((await store.aliases())[0]!)).toBe(other);
  });

  it('does not move to an artifact of another kind unless that is asked for', async () => {
    const store = registry.store();
    const move = { alias: 'production', action: 'promote', note: '' } as const;
    const { hash } = await store.save(draft(1));
    const other = (await store.save({ ...draft(2, { kind: 'bounds' }), content: { 'bounds.json': Buffer.from('{}') } }))
      .hash;
    await store.move({ ...move, hash });
    await expect(store.move({ ...move, hash: other })).rejects.toMatchObject({
      code: 'usage/bad-artifact',
      found: 'it stands at a levels, and this is a bounds',
      where: 'levels@production',
    });
    expect(standing((await store.aliases())[0]!)).toBe(hash);
    expect(standing(await store.move({ ...move, hash: other, anyKind: true }))).toBe(other);
    expect(standing(await store.move({ ...move, hash, action: 'rollback' }))).toBe(hash);
  });

  it('points only at what is there', async () => {
    const move = { hash: 'f'.repeat(64), alias: 'production', action: 'promote', note: '' } as const;
    expect(await codeOf(registry.store().move(move))).toBe('usage/unknown-artifact');
    expect(await codeOf(registry.store().move({ ...move, alias: '../x' }))).toBe('usage/bad-option');
  });

  it('that several processes move at once keeps one winner of each step, with every step in its history', async () => {
    const hashes = await Promise.all([1, 2].map(async (level) => (await registry.store().save(draft(level))).hash));
    const module = fileURLToPath(new URL('../../../src/lib/registry/index.ts', import.meta.url));
    const mover = `
      import { fileArtifactStore, standing } from ${JSON.stringify(module)};
      const store = fileArtifactStore(${JSON.stringify(registry.root())});
      const hashes = ${JSON.stringify(hashes)};
      for (let won = 0; won < 8; ) {
        const [alias] = await store.aliases();
        const expected = alias === undefined ? 'absent' : standing(alias);
        const hash = hashes.find((one) => one !== expected);
        const note = process.pid + ' ' + won;
        try {
          const { history } = await store.move({ hash, alias: 'production', action: 'promote', note, expected });
          if (history.at(-1).note === note) won++;
        } catch (error) {
          if (error.code !== 'store/moved') throw error;
        }
      }`;
    expect(await Promise.all([1, 2, 3].map(() => inProcess(mover)))).toEqual(['', '', '']);
    const [alias] = await registry.store().aliases();
    expect(new Set(alias!.history.map(({ note }) => note)).size).toBe(24);
    // A winner saw where it stood, so no step repeats the one before.
    const stood = alias!.history.map(({ hash }) => hash);
    expect([stood.length, stood.filter((hash, k) => hash === stood[k - 1])]).toEqual([24, []]);
  });
});

describe('a reference', () => {
  it('is an alias of a name or the start of a hash, and is explained when it is neither', async () => {
    const store = registry.store();
    const { hash } = await store.save(draft(1));
    await store.move({ hash, alias: 'candidate', action: 'promote', note: '' });
    for (const reference of ['levels@candidate', hash.slice(0, 8), `levels@${hash.slice(0, 12)}`, hash])
      expect(await resolveArtifact(store, reference)).toBe(hash);
    await expect(resolveArtifact(store, 'levels@candidat')).rejects.toMatchObject({
      code: 'usage/unknown-artifact',
      hint: expect.stringContaining('levels@candidate'),
    });
    expect(await codeOf(resolveArtifact(store, `other@${hash.slice(0, 12)}`))).toBe('usage/unknown-artifact');
    expect(await codeOf(resolveArtifact(fileArtifactStore(registry.path('none')), 'levels@candidate'))).toBe(
      'usage/unknown-artifact',
    );
  });
});

describe('two artifacts', () => {
  it('differ in fields of their manifests and in leaves of their documents', async () => {
    const store = registry.store();
    const [a, b] = await Promise.all(
      [draft(1), draft(2, { seed: 8 })].map(async (one) => store.load((await store.save(one)).hash)),
    );
    expect(await diffArtifacts(a!, b!)).toEqual({
      a: a!.hash,
      b: b!.hash,
      manifest: [{ key: 'seed', a: '7', b: '8' }],
      files: [{ file: 'levels.json', change: 'changed', bytes: [37, 37], fields: [{ key: 'level', a: '1', b: '2' }] }],
    });
  });
});

describe('the registry', () => {
  it('keeps every file below its own folder', async () => {
    const { hash } = await registry.store().save(draft(1));
    await registry.store().move({ hash, alias: 'production', action: 'promote', note: '' });
    expect((await readdir(registry.root())).sort()).toEqual(['aliases', 'manifests', 'meta', 'objects']);
    expect(await readdir(dirname(registry.root()))).toEqual(['registry']);
  });
});
