/** Events from rules: a condition that begins to hold, or a move of the price that is about to come. */
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
  /** Rows after T0 within which a close must be that far from the close of T0. */
  readonly withinRows: number;
};

/**
 * Rows after which the price moves beyond a multiple of its volatility: a label, which looks forward and stays within the day.
 * @param scales volatility of one row as a log return, one column a series, known at its row
 */
export function moveEvents(
  panel: Panel,
  prices: readonly PricePath[],
  scales: readonly ArrayLike<number>[],
  rule: MoveRule,
): EventPlace[] {
  const { direction, beyond, withinRows } = rule;
  return spaced(panel, rule.cooldownRows, (series, row) => {
    const { close } = prices[series]!;
    const { day } = panel.series[series]!;
    const needed = beyond * scales[series]![row]!;
    for (let r = row + 1; r <= row + withinRows && r < day.length && day[r] === day[row]; r++) {
      const move = Math.log(close[r]! / close[row]!);
      const size = direction === 'up' ? move : direction === 'down' ? -move : Math.abs(move);
      if (size >= needed && needed > 0) return true;
    }
    return false;
  });
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
