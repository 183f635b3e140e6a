/** Calm and stress, told apart causally from the whole market's channels. */
import type { DayRange, Panel } from '../../features/index.ts';
import { median, medianDeviation } from '../../statistics/index.ts';
import { within } from '../splits/split-days.ts';

export const regimeNames = ['calm', 'stress'] as const;

/** Index into `regimeNames` of each row, one column a series. */
export type Regimes = readonly Uint8Array[];

export type RegimeRule = {
  /** Channels whose market-wide level tells stress: high means stress. */
  readonly channels: readonly string[];
  /** Days on which what is ordinary is learnt. */
  readonly days: DayRange;
  /** Half-life of the average over the day so far, in rows. */
  readonly halfLifeRows?: number;
  /** Stress begins so many robust standard deviations above the ordinary. */
  readonly deviations?: number;
};

/**
 * The market's mean over instruments at each slot, over its usual value at that slot (the median of the training days), averaged
 * exponentially from the open; stress when that exceeds median + deviations x scaled MAD of the training days. A row sees its own
 * minute and what came before, of instruments that were known by then.
 */
export function stressRegimes(panel: Panel, rule: RegimeRule): Regimes {
  const { halfLifeRows = 30, deviations = 3 } = rule;
  const level = marketLevel(panel, rule.channels);
  const days = [...level.keys()].sort((a, b) => a - b);
  const training = days.filter((day) => within(rule.days, day));
  const usual = Float64Array.from({ length: panel.slots }, (_, slot) =>
    median(finite(training.map((day) => level.get(day)![slot]!))),
  );
  const keep = 0.5 ** (1 / halfLifeRows);
  const smooth = new Map(days.map((day) => [day, averaged(level.get(day)!, usual, keep)]));
  const seen = training.flatMap((day) => [...smooth.get(day)!]);
  const { location, scale } = medianDeviation(finite(seen));
  const limit = location + deviations * scale;
  return panel.series.map(({ day, slot }) =>
    Uint8Array.from(day, (d, row) => (smooth.get(d)![slot[row]!]! > limit ? 1 : 0)),
  );
}

/** Mean over instruments and channels at each slot of each day; NaN where no instrument has a value. */
function marketLevel(panel: Panel, names: readonly string[]): Map<number, Float64Array> {
  const chosen = names.map((name) => panel.channels.indexOf(name)).filter((c) => c >= 0);
  const sums = new Map<number, { readonly sum: Float64Array; readonly count: Float64Array }>();
  for (const { day, slot, values } of panel.series)
    for (let row = 0; row < day.length; row++) {
      let entry = sums.get(day[row]!);
      if (entry === undefined) {
        entry = { sum: new Float64Array(panel.slots), count: new Float64Array(panel.slots) };
        sums.set(day[row]!, entry);
      }
      for (const c of chosen) {
        const value = values[c]![row]!;
        if (Number.isNaN(value)) continue;
        entry.sum[slot[row]!]! += value;
        entry.count[slot[row]!]!++;
      }
    }
  return new Map([...sums].map(([day, { sum, count }]) => [day, sum.map((s, k) => s / count[k]!)]));
}

/** The average from the open on, slots without a value passed over. */
function averaged(level: Float64Array, usual: Float64Array, keep: number): Float64Array {
  let sum = 0;
  let weight = 0;
  return level.map((value, slot) => {
    const excess = value - usual[slot]!;
    if (Number.isFinite(excess)) {
      sum = keep * sum + excess;
      weight = keep * weight + 1;
    }
    return weight === 0 ? 0 : sum / weight;
  });
}

function finite(values: readonly number[]): Float64Array {
  return Float64Array.from(values).filter(Number.isFinite);
}
