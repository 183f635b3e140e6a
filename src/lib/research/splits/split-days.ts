/** Days for discovering, for fixing thresholds and for validating, none of which a label can reach across. */
import { invariant, SigmaError } from '../../core/index.ts';
import type { DayRange, Panel } from '../../features/index.ts';
import { researchDefaults } from '../defaults.ts';

export type DaySplit = {
  /** Everything that is fitted is fitted here. */
  readonly discovery: DayRange;
  /** The last days of discovery: thresholds of alerts are fixed on them. */
  readonly calibration: DayRange;
  readonly validation: DayRange;
};

export type SplitOptions = {
  /** Share of the trading days that are for discovery, in (0, 1). */
  readonly discovery?: number;
  /** Trading days left out between discovery and validation. */
  readonly embargoDays?: number;
  /** Share of the discovery days that calibrate, in (0, 1). */
  readonly calibration?: number;
};

/** Splits trading days, given ascending. @throws SigmaError study/too-short when a part would have no day */
export function splitDays(days: readonly number[], options: SplitOptions = {}): DaySplit {
  const { discovery, embargoDays, calibration } = { ...researchDefaults.split, ...options };
  invariant(discovery > 0 && discovery < 1 && calibration > 0 && calibration < 1, 'shares of days lie in (0, 1)');
  const fitted = Math.floor(discovery * days.length);
  const calibrating = Math.ceil(calibration * fitted);
  const validated = fitted + embargoDays;
  if (fitted <= calibrating || validated >= days.length)
    throw new SigmaError('study/too-short', `${days.length} trading days leave nothing to discover or to validate on`, {
      hint: 'use more days, or a shorter embargo',
    });
  const last = days.at(-1)! + 1;
  return {
    discovery: { from: days[0]!, to: days[fitted]! },
    calibration: { from: days[fitted - calibrating]!, to: days[fitted]! },
    validation: { from: days[validated]!, to: last },
  };
}

/** Days on which any series has a row, of a range or all, ascending. */
export function tradingDays(panel: Panel, range?: DayRange): number[] {
  const days = new Set<number>();
  for (const { day } of panel.series) {
    let last = Number.NaN;
    for (let row = 0; row < day.length; row++) {
      if (day[row] === last) continue;
      last = day[row]!;
      days.add(last);
    }
  }
  const asked = range === undefined ? [...days] : [...days].filter((day) => within(range, day));
  return asked.sort((a, b) => a - b);
}

/** Trading day of each place in a panel. */
export function daysOf(
  { series }: Panel,
  places: { readonly series: ArrayLike<number>; readonly row: Int32Array },
): Int32Array {
  return places.row.map((row, i) => series[places.series[i]!]!.day[row]!);
}

export const within = ({ from, to }: DayRange, day: number): boolean => day >= from && day < to;

/**
 * Labels that may train a model tested on other days (Lopez de Prado 2018, ch. 7): those that start on a training day, end
 * before the test starts or start after it, and after it only once the embargo is over.
 * @param start day on which each label starts; `end` the day on which it ends, not before
 * @returns indices, ascending
 */
export function purgedLabels(
  start: ArrayLike<number>,
  end: ArrayLike<number>,
  { train, test, embargoDays }: { readonly train: DayRange; readonly test: DayRange; readonly embargoDays: number },
): number[] {
  const kept: number[] = [];
  for (let i = 0; i < start.length; i++) {
    const before = end[i]! < test.from;
    const after = start[i]! >= test.to + embargoDays;
    if (within(train, start[i]!) && (before || after)) kept.push(i);
  }
  return kept;
}
