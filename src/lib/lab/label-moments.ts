/** Labels of moments: which barrier came first, when that was known, and how much a label says beyond its neighbours. */

import type { Panel } from '../features/index.ts';
import type { Bars } from '../model/index.ts';
import {
  type Barriers,
  type DaySplit,
  daysOf,
  type EventTable,
  pricesOf,
  purgedLabels,
  tripleBarrier,
  uniquenessWeights,
  within,
} from '../research/index.ts';

/** One entry a moment, in the order of the table. */
export type MomentLabels = {
  /** 1 upper barrier, -1 lower, 0 neither within the horizon. */
  readonly label: Int32Array;
  /** When the label is decided, UTC epoch milliseconds. */
  readonly labelEnd: Float64Array;
  /** Log return up to then; NaN where the label is undefined. */
  readonly outcome: Float64Array;
  /** Average uniqueness among the moments of its instrument, scaled to a mean of 1. */
  readonly weight: Float64Array;
  /** `discovery`, `validation`, or `purged`: its label reaches where it must not, or it lies in the embargo. */
  readonly part: readonly ('discovery' | 'validation' | 'purged')[];
};

type LabelTerms = {
  readonly barriers: Barriers;
  readonly days: DaySplit;
  readonly embargoDays: number;
  /** One row's volatility, a column a series. */
  readonly scales: readonly Float64Array[];
};

export function labelMoments(
  panel: Panel,
  bars: readonly Bars[],
  moments: EventTable,
  terms: LabelTerms,
): MomentLabels {
  const { barriers, scales } = terms;
  const prices = pricesOf(panel, bars);
  const count = moments.row.length;
  const label = new Int32Array(count);
  const labelEnd = new Float64Array(count);
  const endDay = new Int32Array(count);
  const outcome = new Float64Array(count);
  const weight = new Float64Array(count);
  panel.series.forEach(({ at, day }, series) => {
    const own = [...moments.row.keys()].filter((i) => moments.series[i] === series);
    const rows = own.map((i) => moments.row[i]!);
    const labels = tripleBarrier(prices[series]!, rows, scales[series]!, barriers);
    const weights = uniquenessWeights({ start: rows, end: labels.end }, at.length);
    own.forEach((i, k) => {
      label[i] = labels.touched[k]!;
      labelEnd[i] = at[labels.end[k]!]!;
      endDay[i] = day[labels.end[k]!]!;
      outcome[i] = labels.outcome[k]!;
      weight[i] = weights[k]!;
    });
  });
  const startDay = daysOf(panel, moments);
  return { label, labelEnd, outcome, weight, part: partsOf(startDay, endDay, terms) };
}

function partsOf(start: Int32Array, end: Int32Array, { days, embargoDays }: LabelTerms): MomentLabels['part'] {
  const { discovery, validation } = days;
  const kept = new Set(purgedLabels(start, end, { train: discovery, test: validation, embargoDays }));
  return Array.from(start, (day, i) => (kept.has(i) ? 'discovery' : within(validation, day) ? 'validation' : 'purged'));
}
