/** The examples of the hand-written pages run and print what stands below them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandsOf, missingLines, type Reader, readerOf, typeProblems } from './page.ts';

describe.each([
  'docs/strategies.md',
  'docs/data.md',
  'docs/execution.md',
  'docs/reproducibility.md',
  'docs/registry.md',
  'docs/research.md',
  'docs/allocation.md',
  'docs/scenarios.md',
  'docs/optimize.md',
])('%s', (page) => {
  let reader: Reader;
  beforeAll(() => {
    reader = readerOf(page);
  });
  afterAll(() => reader.leave());

  for (const { code, output } of commandsOf(page)) {
    it(`prints what it shows: ${code.trim().split('\n').at(-1)}`, { timeout: 180_000 }, () => {
      expect(missingLines(output ?? '', reader.run(code))).toEqual([]);
    });
  }
});

describe('docs/strategies.md', () => {
  it('shows strategy files without type errors', { timeout: 180_000 }, () => {
    expect(typeProblems('docs/strategies.md')).toEqual([]);
  });
});
