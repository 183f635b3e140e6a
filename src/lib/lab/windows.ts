/** The windows before moments: the channels row by row, as they were known. */
import type { Panel } from '../features/index.ts';
import { type Frame, frame } from '../frame/index.ts';
import type { EventTable } from '../research/index.ts';

type WindowTerms = {
  /** Rows of a window. */
  readonly rows: number;
  /** Rows between its last one and T0; with none it ends on the row before T0, which is the event itself. */
  readonly gapRows: number;
};

/**
 * Long form, ordered by moment: `moment` (its place among the moments of all tables), `before` (rows before T0) and a column a channel. A window that would
 * begin before its instrument's data, or on another day than T0, is left out.
 */
export function windowsBefore(panel: Panel, tables: readonly EventTable[], { rows, gapRows }: WindowTerms): Frame {
  const whole: { readonly moment: number; readonly series: number; readonly first: number }[] = [];
  let moment = 0;
  for (const { series, row } of tables)
    for (let i = 0; i < row.length; i++, moment++) {
      const { day } = panel.series[series[i]!]!;
      const first = row[i]! - gapRows - rows;
      if (first >= 0 && day[first] === day[row[i]!]) whole.push({ moment, series: series[i]!, first });
    }
  const size = whole.length * rows;
  const column = (of: (window: (typeof whole)[number], k: number) => number): Float64Array => {
    const values = new Float64Array(size);
    whole.forEach((window, w) => {
      for (let k = 0; k < rows; k++) values[w * rows + k] = of(window, k);
    });
    return values;
  };
  return frame({
    moment: Int32Array.from(column(({ moment: m }) => m)),
    before: Int32Array.from(column((_, k) => gapRows + rows - k)),
    ...Object.fromEntries(
      panel.channels.map((name, c) => [
        name,
        column(({ series, first }, k) => panel.series[series]!.values[c]![first + k]!),
      ]),
    ),
  });
}
