import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SigmaError } from '../../src/lib/core/index.ts';
import { atomicWrite, writeDirectory } from '../../src/lib/storage/index.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sigma-storage-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

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
});
