/** Events from rules: a condition that begins to hold, or a move of the price that is complete. Both are dated at the row that shows them, never earlier. */
import type { Panel } from '../../features/index.ts';
import type { EventPlace } from './event-table.ts';
import type { PricePath } from './prices.ts';

export type Spacing = {
  /** Rows after an event of a series in which it can have no other. */
  readonly cooldownRows: number;
};

/**
 * Places where a condition begins to hold: it is not zero and defined, and was not on the row before.
 * @param conditions one column a series of the panel
 */
export function eventsWhere(
  panel: Panel,
  conditions: readonly ArrayLike<number>[],
  { cooldownRows }: Spacing,
): EventPlace[] {
  return spaced(panel, cooldownRows, (series, row) => {
    const holds = (r: number): boolean => Math.abs(conditions[series]![r] ?? 0) > 0;
    return holds(row) && !holds(row - 1);
  });
}

export type MoveRule = Spacing & {
  readonly direction: 'up' | 'down' | 'either';
  /** Size of the move in units of the scale, positive. */
  readonly beyond: number;
  /** Rows that a move may take: from a close to another that is so far from it. */
  readonly withinRows: number;
};

/**
 * Rows whose close completes a move beyond a multiple of the volatility that was known where the move began, within the day: the
 * first close that lies far enough from one up to `withinRows` before it. Dated where it begins, a move would come before alerts that
 * lie shortly ahead of it, and as an event of alerts that lie far ahead.
 * @param scales volatility of one row as a log return, one column a series, known at its row
 */
export function moveEvents(
  panel: Panel,
  prices: readonly PricePath[],
  scales: readonly ArrayLike<number>[],
  rule: MoveRule,
): EventPlace[] {
  const completes = panel.series.map(({ day }, series) =>
    completions(prices[series]!.close, scales[series]!, day, rule),
  );
  return spaced(panel, rule.cooldownRows, (series, row) => completes[series]![row] === 1);
}

/** 1 for each row that is the first to complete a move from some earlier row. */
function completions(
  close: Float64Array,
  scale: ArrayLike<number>,
  day: Int32Array,
  { direction, beyond, withinRows }: MoveRule,
): Uint8Array {
  const completes = new Uint8Array(day.length);
  for (let start = 0; start < day.length; start++) {
    const needed = beyond * scale[start]!;
    if (!(needed > 0)) continue;
    for (let row = start + 1; row <= start + withinRows && day[row] === day[start]; row++) {
      const move = Math.log(close[row]! / close[start]!);
      const size = direction === 'up' ? move : direction === 'down' ? -move : Math.abs(move);
      if (!(size >= needed)) continue;
      completes[row] = 1;
      break;
    }
  }
  return completes;
}

function spaced(panel: Panel, cooldownRows: number, isEvent: (series: number, row: number) => boolean): EventPlace[] {
  return panel.series.flatMap(({ at }, series) => {
    const places: EventPlace[] = [];
    for (let row = 0; row < at.length; row++) {
      if (!isEvent(series, row)) continue;
      places.push({ series, row });
      row += cooldownRows;
    }
    return places;
  });
}
