import { describe, expect, it } from 'vitest';
import { bars, highest, lowest } from '../../src/lib/indicators/index.ts';
import { evaluate } from './evaluate.ts';
import { flatBars, randomBars } from './series.ts';

const { close } = bars;
const ROWS = 12_000;
const columns = randomBars(ROWS, 4);
// A gap in the second half, and one at the very end of a stretch.
for (const row of [7001, 7002, 9215]) columns.close[row] = Number.NaN;
const complete = columns.close.filter((v) => !Number.isNaN(v));

describe('extremes over more rows than are worked on at once', () => {
  it.each([1, 2, 3, 7, 8, 9, 100, 2303, 2304, 2305, 4607, 4608, 5000])('are those of the window of %i values', (n) => {
    const high = evaluate(highest(close, n), columns).filter((_, i) => !Number.isNaN(columns.close[i]!));
    const low = evaluate(lowest(close, n), columns).filter((_, i) => !Number.isNaN(columns.close[i]!));
    expect(high.findIndex((v) => !Number.isNaN(v))).toBe(n - 1);
    for (let row = n - 1; row < complete.length; row += 37) {
      const window = complete.subarray(row - n + 1, row + 1);
      expect(high[row]).toBe(window.reduce((a, v) => Math.max(a, v)));
      expect(low[row]).toBe(window.reduce((a, v) => Math.min(a, v)));
    }
  });

  it('equal the stepped form to the bit where zeros of both signs meet', () => {
    const zeros = { ...flatBars(200), close: Float64Array.from({ length: 200 }, (_, i) => (i % 3 === 0 ? -0 : 0)) };
    for (const expression of [highest(close, 5), lowest(close, 5)]) {
      const stepped = evaluate(expression, zeros, [200], (kernel) => kernel.startStepped());
      evaluate(expression, zeros).forEach((value, i) => {
        expect(Object.is(value, stepped[i]), `row ${i}`).toBe(true);
      });
    }
  });
});
