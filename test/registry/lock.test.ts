/** One holder at a time, among processes that are real, slow or dead. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lock } from '../../src/lib/registry/lock.ts';
import { inProcess } from './in-process.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigma-lock-'));
  path = join(folder, 'lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const module = fileURLToPath(new URL('../../src/lib/registry/lock.ts', import.meta.url));

describe('a lock', () => {
  it('refuses a second holder with the process id of the first, and is free again afterwards', async () => {
    const giveBack = await lock(path, { what: 'study 4f2a' });
    await expect(lock(path, { what: 'study 4f2a' })).rejects.toMatchObject({
      code: 'store/busy',
      found: `study 4f2a is being worked on by process ${process.pid}`,
    });
    await giveBack();
    await (await lock(path, { what: 'study 4f2a' }))();
    expect(await readdir(folder)).toEqual([]);
  });

  it('waits for its holder as long as it is told to', async () => {
    const giveBack = await lock(path, { what: 'it' });
    const second = lock(path, { what: 'it', waitMs: 10_000 });
    let got = false;
    void second.then(() => {
      got = true;
    });
    // Many looks at the lock, none of which may take it.
    for (let k = 0; k < 200; k++) await readdir(path);
    expect(got).toBe(false);
    await giveBack();
    await (await second)();
  });

  it('of a process that died is taken over', async () => {
    const dead = (await inProcess('console.log(process.pid)')).trim();
    await mkdir(path);
    await writeFile(join(path, `${dead}-token`), '');
    const giveBack = await lock(path, { what: 'it' });
    expect(await readdir(path)).toEqual([expect.stringMatching(new RegExp(`^${process.pid}-`))]);
    await giveBack();
  });

  it('is refused by name where a file of an earlier version is in the way', async () => {
    await writeFile(path, '4711');
    await expect(lock(path, { what: 'it' })).rejects.toMatchObject({
      code: 'store/busy',
      where: path,
      hint: expect.stringContaining('remove the file'),
    });
    expect(await readFile(path, 'utf8')).toBe('4711');
    expect(await readdir(folder)).toEqual(['lock']);
  });

  it('that may not be looked into ends with an error instead of waiting for ever', async () => {
    await mkdir(path);
    await writeFile(join(path, `${process.pid}-token`), '');
    await chmod(path, 0);
    await chmod(folder, 0o777);
    // Root may look into everything.
    const code = `
      import { lock } from ${JSON.stringify(module)};
      if (process.getuid() === 0) process.setuid(65534);
      await lock(${JSON.stringify(path)}, { what: 'it' }).catch((error) => console.log(error.code, error.where));`;
    expect((await inProcess(code)).trim()).toBe(`store/write-failed ${path}`);
  });

  it('lets no two processes in at once', async () => {
    const counter = join(folder, 'counter');
    await writeFile(counter, '0');
    const code = `
      import { readFile, writeFile } from 'node:fs/promises';
      import { lock } from ${JSON.stringify(module)};
      for (let i = 0; i < 25; i++) {
        const giveBack = await lock(${JSON.stringify(path)}, { what: 'the counter', waitMs: 60000 });
        const count = Number(await readFile(${JSON.stringify(counter)}, 'utf8'));
        await writeFile(${JSON.stringify(counter)}, String(count + 1));
        await giveBack();
      }`;
    expect(await Promise.all([inProcess(code), inProcess(code), inProcess(code)])).toEqual(['', '', '']);
    expect(await readFile(counter, 'utf8')).toBe('75');
    expect((await readdir(folder)).sort()).toEqual(['counter']);
  });
});
