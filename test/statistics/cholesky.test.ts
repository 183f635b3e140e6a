import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/core/index.ts';
import { cholesky } from '../../src/lib/statistics/index.ts';

describe("Cholesky's factor", () => {
  it('is that of the textbook (Golub and Van Loan 2013, section 4.2)', () => {
    expect(cholesky(Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98), 3)).toEqual({
      lower: Float64Array.of(2, 6, 1, -8, 5, 3),
    });
  });

  it('times its transpose is the matrix', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 8 }), (seed, n) => {
        const rng = createRng(seed);
        const root = Array.from({ length: n }, () => Array.from({ length: n }, () => rng.normal()));
        const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, k) => sum + x * b[k]!, 0);
        const a = root.map((row, i) => root.map((other, j) => dot(row, other) + (i === j ? 0.1 : 0)));
        const found = cholesky(Float64Array.from(a.flat()), n);
        if ('dependent' in found) throw new Error(`column ${found.dependent} is independent`);
        const rows = a.map((_, i) => [...found.lower.subarray((i * (i + 1)) / 2, ((i + 1) * (i + 2)) / 2)]);
        for (let i = 0; i < n; i++)
          for (let j = 0; j <= i; j++) expect(dot(rows[j]!, rows[i]!)).toBeCloseTo(a[i]![j]!, 9);
      }),
    );
  });

  it('is refused at the first column that does not vary, is a combination of others, or is missing, whatever the scale', () => {
    for (const scale of [1e-20, 1, 1e20]) {
      const of = (...values: number[]) =>
        cholesky(
          Float64Array.from(values, (x) => x * scale),
          Math.sqrt(values.length),
        );
      expect(of(1, 0, 0, 0)).toEqual({ dependent: 1 });
      expect(of(1, 2, 2, 4)).toEqual({ dependent: 1 });
      expect(of(-1, 0, 0, 1)).toEqual({ dependent: 0 });
      expect(of(1, Number.NaN, Number.NaN, 1)).toEqual({ dependent: 1 });
      expect(of(1, 0, 0, 1e-30)).toHaveProperty('lower');
    }
  });
});
