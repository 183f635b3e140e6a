import { describe, expect, it } from 'vitest';
import { windowsBefore } from '../../src/lib/lab/windows.ts';
import { eventTable } from '../../src/lib/research/index.ts';
import { emptyPanel } from '../research/panels.ts';

describe('windows before moments', () => {
  const blank = emptyPanel(1, 2, 10);
  const rows = Float64Array.from({ length: 20 }, (_, row) => row);
  const panel = { ...blank, series: blank.series.map((s) => ({ ...s, values: [rows] })) };
  const before = (row: number, gapRows: number) => {
    const table = windowsBefore(panel, [eventTable(panel, [{ series: 0, row }])], { rows: 3, gapRows });
    return { x: [...table.numbers('x')], before: [...table.numbers('before')] };
  };

  it('end before the row of the event, and a gap earlier', () => {
    expect(before(7, 0)).toEqual({ x: [4, 5, 6], before: [3, 2, 1] });
    expect(before(7, 2)).toEqual({ x: [2, 3, 4], before: [5, 4, 3] });
  });

  it('are left out where they would reach into another day', () => {
    expect(before(13, 0).x).toEqual([10, 11, 12]);
    expect(before(12, 0).x).toEqual([]);
  });
});
