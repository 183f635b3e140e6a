import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../../src/lib/storage/index.ts';

const root = mkdtempSync(join(tmpdir(), 'sigma-folder-'));
afterAll(() => rmSync(root, { recursive: true }));

describe('a folder', () => {
  it('is made with all that lead to it, once or again', () => {
    const deep = join(root, 'a', 'b', 'c');
    makeFolder(deep);
    makeFolder(deep);
    expect(statSync(deep).isDirectory()).toBe(true);
  });

  it('is not made where a file stands in its way or on the way', () => {
    const file = join(root, 'file');
    writeFileSync(file, '');
    expect(() => makeFolder(file)).toThrow('EEXIST');
    expect(() => makeFolder(join(file, 'below'))).toThrow('ENOTDIR');
  });

  it.runIf(existsSync('/proc/self'))('that a file system does not take is an error, and soon', () => {
    expect(() => makeFolder('/proc/sigma/deep')).toThrow(/ENOENT|no folder/);
  });
});
