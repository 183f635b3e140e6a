/** The registry as a user meets it: names, moves, upkeep, a copy elsewhere, and disks that refuse. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/lib/core/index.ts';
import { openRegistry } from '../../src/lib/index.ts';
import { draft } from '../registry/artifacts/sample.ts';
import { inFolder, onDisk, type Place, treeOf } from './sigma.ts';

/** Levels 1 and 2 under `candidate` and `production`. */
async function twoLevels(here: Place): Promise<readonly string[]> {
  const store = openRegistry(here.path('artifacts'));
  const hashes: string[] = [];
  for (const [level, alias] of [
    [1, 'production'],
    [2, 'candidate'],
  ] as const) {
    const { hash } = await store.save(draft(level));
    await store.move({ hash, alias, action: 'promote', note: '' });
    hashes.push(hash);
  }
  return hashes;
}

describe('sigma report', () => {
  it('knows an artifact by its alias or hash, and says what has no page', async () => {
    await inFolder({}, async (here) => {
      const [hash = ''] = await twoLevels(here);
      const [aliased, hashed, image, unknown] = await Promise.all([
        here.sigma(['report', 'levels@production']),
        here.sigma(['report', hash.slice(0, 10)]),
        here.sigma(['report', 'levels@production', '--format', 'png']),
        here.sigma(['report', 'levels@never']),
      ]);
      for (const { code, stderr } of [aliased, hashed])
        expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('kind levels has no page') });
      expect(image.stderr).toContain('an artifact of the research has no png report');
      expect(unknown.stderr).toContain("the registry has no artifact 'levels@never'");
      for (const command of ['report', 'reproduce']) {
        const { code, stderr } = await here.sigma([command, 'levels']);
        expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/did you mean levels@/) });
      }
      expect((await here.sigma(['registry', 'list', '--kind', 'nope'])).stdout).toContain('none of the 2 artifacts');
    });
  });
});

describe('sigma registry', () => {
  it('lists, shows, compares, promotes and rolls back', async () => {
    await inFolder({}, async (here) => {
      const [first = '', second = ''] = await twoLevels(here);
      const [listed, shown, compared] = await Promise.all([
        here.sigma(['registry', 'list', '--json']),
        here.sigma(['registry', 'show', 'levels@candidate']),
        here.sigma(['registry', 'diff', 'levels@production', 'levels@candidate']),
      ]);
      expect(JSON.parse(listed.stdout)).toMatchObject({
        schema: 'sigma.registry/1',
        artifacts: expect.arrayContaining([expect.objectContaining({ hash: second, aliases: ['candidate'] })]),
        unreadable: [],
      });
      expect(shown.stdout).toMatch(new RegExp(`hash +${second}[\\s\\S]*horizon +30[\\s\\S]*levels.json  37 bytes`));
      expect(compared.stdout).toMatch(/level +1 +2/);

      const promoted = await here.sigma(['registry', 'promote', 'levels@candidate', '--note', 'better']);
      expect(promoted.stdout).toContain(
        `levels@production is ${second.slice(0, 12)} now; it was ${first.slice(0, 12)}`,
      );
      const rolled = await here.sigma(['registry', 'rollback', 'levels@production', '--json']);
      expect(JSON.parse(rolled.stdout).history.map((move: { hash: string }) => move.hash)).toEqual([
        first,
        second,
        first,
      ]);
      const again = await here.sigma(['registry', 'rollback', 'levels@production']);
      expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('nothing before that')]);
    });
  });

  it('refuses a promotion that expected the alias elsewhere', async () => {
    await inFolder({}, async (here) => {
      await twoLevels(here);
      const args = ['registry', 'promote', 'levels@candidate', 'production', '--expect', 'absent'];
      const { code, stderr } = await here.sigma(args);
      expect(stderr).toMatch(/levels@production: it stands at [0-9a-f]{12} now, not at absent/);
      expect(code).toBe(5);
    });
  });

  it('carries an artifact to another registry and names an object that is gone', async () => {
    await inFolder({}, async (here) => {
      await twoLevels(here);
      expect((await here.sigma(['registry', 'export', 'levels@candidate', '--out', 'x.tar'])).code).toBe(0);
      const elsewhere = ['--artifacts', 'elsewhere'];
      expect((await here.sigma(['registry', 'import', 'x.tar', ...elsewhere])).code).toBe(0);
      expect((await here.sigma(['registry', 'verify', ...elsewhere])).stdout).toContain('1 artifacts and 1 objects');
      const [object = ''] = Object.keys(treeOf(here.path('elsewhere'))).filter((name) => name.includes('objects'));
      rmSync(join(here.path('elsewhere'), object));
      const { code, stdout } = await here.sigma(['registry', 'verify', ...elsewhere]);
      expect(stdout).toMatch(/^object [0-9a-f]{64} is missing; needed by levels [0-9a-f]{12}/);
      expect(code).toBe(3);
      const scripted = await here.sigma(['registry', 'verify', ...elsewhere, '--json']);
      expect(JSON.parse(scripted.stdout)).toMatchObject({
        schema: 'sigma.verification/1',
        faults: [{ what: 'object', problem: 'is missing' }],
      });
      expect([scripted.code, scripted.stderr]).toEqual([3, expect.stringContaining('what is saved again heals')]);
    });
  });

  it('tells what a newer version wrote from what is damaged', async () => {
    await inFolder({}, async (here) => {
      const [hash = ''] = await twoLevels(here);
      const manifests = here.path('artifacts/registry/manifests');
      const text = readFileSync(join(manifests, `${hash}.json`), 'utf8').replace(
        'sigma.artifact/1',
        'sigma.artifact/9',
      );
      writeFileSync(join(manifests, `${sha256(text)}.json`), text);
      const { code, stdout, stderr } = await here.sigma(['registry', 'verify']);
      expect(stdout).toContain('it is written as sigma.artifact/9, and this version reads sigma.artifact/1');
      expect(stderr).toContain('1 of what is there was written by a newer version of sigma; update sigma');
      expect(stderr).not.toContain('import');
      expect(code).toBe(3);
    });
  });

  it('removes what no alias leads to, after saying so', async () => {
    await inFolder({}, async (here) => {
      await twoLevels(here);
      await openRegistry(here.path('artifacts')).save(draft(3));
      const dry = await here.sigma(['registry', 'gc', '--grace', '0', '--dry-run']);
      expect(dry.stdout).toContain('would remove 1 artifacts and 1 objects');
      expect((await here.sigma(['registry', 'gc'])).stdout).toContain('removed 0 artifacts');
      expect((await here.sigma(['registry', 'gc', '--grace', '0'])).stdout).toContain('removed 1 artifacts');
    });
  });

  it('removes nothing while a stored run or study cannot be read, which may refer to it', async () => {
    for (const [folder, file] of [
      ['runs', 'manifest.json'],
      ['runs', 'metrics.json'],
      ['studies', 'study.json'],
      ['studies', 'result.json'],
    ] as const)
      await inFolder({}, async (here) => {
        await openRegistry(here.path('artifacts')).save(draft(3));
        const damaged = here.path(join('artifacts', folder, '0123456789ab'));
        mkdirSync(damaged, { recursive: true });
        writeFileSync(join(damaged, file), '{');
        const before = here.tree();
        const { code, stderr } = await here.sigma(['registry', 'gc', '--grace', '0']);
        expect(stderr).toContain('0123456789ab');
        expect(code).toBe(3);
        expect(here.tree()).toEqual(before);
        expect((await here.sigma([folder, 'list'])).stderr).toContain('0123456789ab');
        rmSync(damaged, { recursive: true });
        expect((await here.sigma(['registry', 'gc', '--grace', '0'])).stdout).toContain('removed 1 artifacts');
        expect((await here.sigma(['registry', 'verify'])).stderr).toContain('there is nothing in');
      });
  });

  it('promotes no artifact of another kind unless it is forced to', async () => {
    await inFolder({}, async (here) => {
      await twoLevels(here);
      const content = { 'bounds.json': Buffer.from('{}') };
      const { hash } = await openRegistry(here.path('artifacts')).save({ ...draft(3, { kind: 'bounds' }), content });
      const refused = await here.sigma(['registry', 'promote', hash, 'production']);
      expect(refused.stderr).toMatch(/levels@production: it stands at a levels, and this is a bounds.*--force/);
      expect(refused.code).toBe(2);
      const forced = await here.sigma(['registry', 'promote', hash, 'production', '--force']);
      expect(forced.stdout).toContain(`levels@production is ${hash.slice(0, 12)} now`);
    });
  });

  it('on a full or a read-only disk takes nothing in, and says why', async () => {
    for (const options of ['size=16k', 'ro,size=64k'])
      await inFolder({}, async (here) => {
        await twoLevels(here);
        const big = { ...draft(4), content: { 'levels.json': Buffer.alloc(200_000, 'x') } };
        const { hash } = await openRegistry(here.path('artifacts')).save(big);
        expect((await here.sigma(['registry', 'export', hash, '--out', 'x.tar'])).code).toBe(0);
        await onDisk(here, ['-o', options], async (path) => {
          const { code, stderr } = await here.sigma(['registry', 'import', 'x.tar', '--artifacts', path]);
          expect(stderr).toMatch(/could not be written.*nothing stored was changed/);
          expect(code).toBe(5);
          expect(Object.keys(treeOf(path))).toEqual([]);
        });
      });
  });

  it('knows artifacts in sigma reproduce, and says what it cannot make', async () => {
    await inFolder({}, async (here) => {
      const [, second = ''] = await twoLevels(here);
      for (const reference of ['levels@candidate', second, second.slice(0, 12), second.slice(0, 8)]) {
        const { code, stderr } = await here.sigma(['reproduce', reference]);
        expect(stderr).toContain('this program cannot make artifacts of kind levels');
        expect(code).toBe(2);
      }
      writeFileSync(here.path('notes.txt'), 'x');
      expect((await here.sigma(['registry', 'import', 'notes.txt'])).stderr).toContain('no archive');
    });
  });
});
