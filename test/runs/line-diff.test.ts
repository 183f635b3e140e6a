/** Differences of two texts. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lineDiff } from '../../src/lib/runs/line-diff.ts';

it('shows a change with the lines around it and where they stand', () => {
  const before = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n';
  const { added, removed, unified } = lineDiff(before, before.replace('five', '5\n5.5'));
  expect([added, removed]).toEqual([2, 1]);
  expect(unified).toBe('@@ -3 +3 @@\n three\n four\n-five\n+5\n+5.5\n six\n seven');
});

it('is empty for equal texts, and gives up on texts that share nothing', () => {
  expect(lineDiff('a\nb\n', 'a\nb\n')).toEqual({ added: 0, removed: 0, unified: '' });
  const many = (from: number) => Array.from({ length: 700 }, (_, i) => String(from + i)).join('\n');
  expect(lineDiff(many(0), many(10_000))).toMatchObject({ added: 700, removed: 700 });
});

it('turns the first text into the second, with no more changes than there are lines', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { added, removed, unified } = lineDiff(before.join('\n'), after.join('\n'));
      expect(before.length - removed + added).toBe(after.length);
      const lines = unified.split('\n');
      expect(lines.filter((line) => line.startsWith('+')).length).toBe(added);
      // Every removed line was in the first text, every added one is in the second.
      for (const line of lines.filter((each) => each.startsWith('-'))) expect(before).toContain(line.slice(1));
      for (const line of lines.filter((each) => each.startsWith('+'))) expect(after).toContain(line.slice(1));
    }),
  );
});
