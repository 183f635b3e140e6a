import { describe, expect, it } from 'vitest';
import { matrix, rowOf } from '../../src/lib/learning/index.ts';

describe('matrix', () => {
  it('shares its memory with its rows', () => {
    const m = matrix(2, 3, Float64Array.of(1, 2, 3, 4, 5, 6));
    rowOf(m, 1)[0] = 9;
    expect([...m.values]).toEqual([1, 2, 3, 9, 5, 6]);
  });

  it('refuses values that do not fill it', () => {
    expect(() => matrix(2, 2, new Float64Array(3))).toThrow('3 values for a 2 x 2 matrix');
  });
});
