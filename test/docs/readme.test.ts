/** The README does what it says: its commands run and print what stands below them, its files compile, and the Korean page has the same. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeBlocks, commandsOf, missingLines, type Reader, readerOf, root, typeProblems } from './page.ts';

const title = (code: string): string => code.trim().split('\n').at(-1) ?? '';

describe('README.md', () => {
  let reader: Reader;
  beforeAll(() => {
    reader = readerOf('README.md');
  });
  afterAll(() => reader.leave());

  for (const { code, output } of commandsOf('README.md')) {
    it(`prints what it shows: ${title(code)}`, { timeout: 180_000 }, () => {
      expect(missingLines(output ?? '', reader.run(code))).toEqual([]);
    });
  }

  it('shows strategy files without type errors', { timeout: 180_000 }, () => {
    expect(typeProblems('README.md')).toEqual([]);
  });
});

describe('README.ko.md', () => {
  it('has the code blocks of README.md', () => {
    expect(codeBlocks('README.ko.md')).toEqual(codeBlocks('README.md'));
  });
});

const handWritten = ['README.md', 'README.ko.md', 'CONTRIBUTING.md', 'docs/strategies.md', 'docs/data.md'];
const pages = [...handWritten, 'docs/execution.md', 'docs/reproducibility.md', 'docs/architecture.md'];

describe.each(pages)('%s', (page) => {
  it('links to files that exist', () => {
    const text = readFileSync(join(root, page), 'utf8');
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
  });
});
