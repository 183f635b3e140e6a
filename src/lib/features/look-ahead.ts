/** Whether a score at a row depends on rows after it: the replay that strategies are checked by, for whole columns of features. */
import type { ChannelSeries } from './panel.ts';

/** One score a row; NaN where there is none. */
export type Scorer = (series: ChannelSeries) => Float64Array;

export type LookAhead = {
  /** A row whose score changed. */
  readonly row: number;
  /** Last row that it was told from the second time, at or after it. */
  readonly knownTo: number;
};

/**
 * Scores the series cut off after each of the rows given, and again with everything after them altered; the scores up to there
 * must stay the same to the bit. Undefined when they do.
 */
export function findLookAhead(score: Scorer, series: ChannelSeries, knownTo: readonly number[]): LookAhead | undefined {
  const whole = score(series);
  for (const last of knownTo) {
    for (const replayed of [score(cutAfter(series, last)), score(alteredAfter(series, last))]) {
      for (let row = 0; row <= last; row++) if (!Object.is(whole[row], replayed[row])) return { row, knownTo: last };
    }
  }
  return undefined;
}

function cutAfter({ symbol, at, day, slot, values }: ChannelSeries, last: number): ChannelSeries {
  const to = last + 1;
  return {
    symbol,
    at: at.subarray(0, to),
    day: day.subarray(0, to),
    slot: slot.subarray(0, to),
    values: values.map((column) => column.subarray(0, to)),
  };
}

function alteredAfter(series: ChannelSeries, last: number): ChannelSeries {
  return { ...series, values: series.values.map((column) => column.map((x, r) => (r > last ? 7 - 3 * x : x))) };
}
