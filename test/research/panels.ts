/** Small panels for tests of research: rows of one minute, days of a few rows, one channel of zeros. */
import type { Panel } from '../../src/lib/features/index.ts';
import { DAY, MINUTE } from '../../src/lib/model/index.ts';

export const FIRST_DAY = 19_814;

/** Every instrument has every row; row = day x slots + slot. */
export function emptyPanel(instruments: number, days: number, slots: number): Panel {
  const rows = days * slots;
  const day = Int32Array.from({ length: rows }, (_, row) => FIRST_DAY + Math.floor(row / slots));
  const slot = Int32Array.from({ length: rows }, (_, row) => row % slots);
  const at = Float64Array.from(day, (d, row) => d * DAY + (slot[row]! + 1) * MINUTE);
  const series = Array.from({ length: instruments }, (_, i) => ({
    symbol: `S${i}`,
    at,
    day,
    slot,
    values: [new Float64Array(rows)],
  }));
  return { channels: ['x'], stepMs: MINUTE, slots, series };
}
