import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PeriodEnds } from '../../src/lib/sweep/period-ends.ts';

describe('the rows at which periods end', () => {
  it('are those whose time is an end, whatever windows they are looked for in', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 80 }),
        fc.array(fc.boolean(), { minLength: 80, maxLength: 80 }),
        fc.integer({ min: 1, max: 30 }),
        (times, isEnd, window) => {
          const at = Float64Array.from(times).sort();
          const ends = at.filter((_, row) => isEnd[row]);
          const periods = new PeriodEnds(ends);
          const found: number[] = [];
          const out = new Int32Array(window);
          for (let from = 0; from < at.length; from += window) {
            const part = at.subarray(from, from + window);
            const count = periods.find(part, part.length, out);
            found.push(...Array.from(out.subarray(0, count), (row) => at[from + row]!));
          }
          expect(found).toEqual([...ends]);
        },
      ),
    ));
});
