import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SigmaError } from '../../src/lib/core/index.ts';
import { atomicWrite, writeDirectory } from '../../src/lib/storage/index.ts';
import { inProcess } from '../registry/in-process.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sigma-storage-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const module = fileURLToPath(new URL('../../src/lib/storage/index.ts', import.meta.url));
const filled = (text: string) => async (folder: string) => writeFileSync(join(folder, 'file'), text);
const replace = { existing: async () => 'replace' as const };
const content = () => readFileSync(join(root, 'there', 'file'), 'utf8');

describe('a directory', () => {
  it('is new, replaced, or kept, and leaves nothing beside it', async () => {
    const path = join(root, 'there');
    expect(await writeDirectory(path, filled('one'), replace)).toBe('new');
    expect(await writeDirectory(path, filled('two'), replace)).toBe('replaced');
    expect(await writeDirectory(path, filled('three'), { existing: async () => 'keep' })).toBe('same');
    expect(content()).toBe('two');
    expect(readdirSync(root)).toEqual(['there']);
  });

  it('stays as it was when filling fails or is refused', async () => {
    const path = join(root, 'there');
    await writeDirectory(path, filled('one'), replace);
    const broken = writeDirectory(path, () => Promise.reject(new Error('ENOSPC')), { ...replace, hint: 'make room' });
    await expect(broken).rejects.toMatchObject({ code: 'store/write-failed', hint: 'make room' });
    const refused = new SigmaError('data/exists', 'exists already');
    await expect(writeDirectory(path, filled('two'), { existing: () => Promise.reject(refused) })).rejects.toBe(
      refused,
    );
    expect(content()).toBe('one');
    expect(readdirSync(root)).toEqual(['there']);
  });

  it('is one of those that were written at the same time', async () => {
    const path = join(root, 'there');
    const names = ['a', 'b', 'c', 'd'];
    const outcomes = await Promise.all(
      names.map((name) => writeDirectory(path, filled(name), { existing: async () => 'keep' })),
    );
    expect(outcomes.filter((outcome) => outcome === 'new')).toHaveLength(1);
    expect(names).toContain(content());
    expect(readdirSync(root)).toEqual(['there']);
  });
});

describe('a file', () => {
  it('is whole or as it was', async () => {
    const path = join(root, 'deep', 'file');
    await atomicWrite(path, (temporary) => writeFileSync(temporary, 'one'));
    await expect(
      atomicWrite(path, (temporary) => {
        writeFileSync(temporary, 'half');
        throw new Error('no');
      }),
    ).rejects.toMatchObject({ code: 'store/write-failed' });
    expect(readFileSync(path, 'utf8')).toBe('one');
    expect(readdirSync(join(root, 'deep'))).toEqual(['file']);
  });

  it('behind a link is replaced, and the link stays', async () => {
    const file = join(root, 'file');
    const link = join(root, 'link');
    writeFileSync(file, 'one');
    symlinkSync(file, link);
    await atomicWrite(link, (temporary) => writeFileSync(temporary, 'two'));
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readdirSync(root).sort()).toEqual(['file', 'link']);
  });

  it('may be a device', async () => {
    await atomicWrite('/dev/null', (device) => writeFileSync(device, 'gone'));
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

describe('a process that leaves while it writes', () => {
  it('takes what is half written along', async () => {
    const code = `
      import { writeFileSync } from 'node:fs';
      import { join } from 'node:path';
      import { atomicWrite, writeDirectory } from ${JSON.stringify(module)};
      await atomicWrite(${JSON.stringify(join(root, 'file'))}, (path) => writeFileSync(path, 'whole'));
      const half = (path) => { writeFileSync(path, 'half'); return new Promise(() => undefined); };
      void atomicWrite(${JSON.stringify(join(root, 'file'))}, half);
      void writeDirectory(${JSON.stringify(join(root, 'there'))}, (path) => half(join(path, 'file')), { existing: async () => 'keep' });
      setTimeout(() => process.exit(130), 300);`;
    expect(await inProcess(code)).toBe('');
    expect(readdirSync(root)).toEqual(['file']);
    expect(readFileSync(join(root, 'file'), 'utf8')).toBe('whole');
  });
});
