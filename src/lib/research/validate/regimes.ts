/** Calm and stress, told apart causally from the whole market's channels. */
import { didYouMean, SigmaError } from '../../core/index.ts';
import type { DayRange, Panel } from '../../features/index.ts';
import { median, robustScale } from '../../statistics/index.ts';
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
 * Each channel's mean over instruments at each slot, less its usual value at that slot (the median of the training days), in robust
 * deviations of the training days; the mean of the channels, averaged exponentially from the open; stress when that exceeds its median
 * by so many robust deviations of the training days. A row sees its own minute and what came before, of instruments that were known by
 * then. Values that are not finite are left out, and so are channels that do not vary on the training days; where none does, all is calm.
 * @throws SigmaError features/invalid for a channel that the panel does not have
 */
export function stressRegimes(panel: Panel, rule: RegimeRule): Regimes {
  const { halfLifeRows = 30, deviations = 3 } = rule;
  const channels = rule.channels.map((name) => channelOf(panel, name));
  const excesses = channels.flatMap((channel) => scaledExcess(panel, channel, rule.days) ?? []);
  if (excesses.length === 0) return panel.series.map(({ day }) => new Uint8Array(day.length));
  const keep = 0.5 ** (1 / halfLifeRows);
  const smooth = new Map([...excesses[0]!.keys()].map((day) => [day, averaged(meanOf(excesses, day), keep)]));
  const seen = [...smooth].flatMap(([day, values]) => (within(rule.days, day) ? [...values] : []));
  const { location, scale } = robustScale(Float64Array.from(seen));
  const limit = location + deviations * scale;
  return panel.series.map(({ day, slot }) =>
    Uint8Array.from(day, (d, row) => (smooth.get(d)![slot[row]!]! > limit ? 1 : 0)),
  );
}

/** One value a slot, NaN where nothing is known, by day. */
type Levels = ReadonlyMap<number, Float64Array>;

function channelOf({ channels }: Panel, name: string): number {
  const channel = channels.indexOf(name);
  if (channel >= 0) return channel;
  throw new SigmaError('features/invalid', `there is no channel '${name}'`, {
    where: 'regimes',
    hint: didYouMean(name, channels) || `there are ${channels.join(', ')}`,
  });
}

/** Undefined for a channel that does not vary on the training days: it tells nothing. */
function scaledExcess(panel: Panel, channel: number, training: DayRange): Levels | undefined {
  const level = marketLevel(panel, channel);
  const days = [...level.keys()].filter((day) => within(training, day));
  const usual = Float64Array.from({ length: panel.slots }, (_, slot) =>
    median(Float64Array.from(days, (day) => level.get(day)![slot]!).filter(Number.isFinite)),
  );
  const excess = new Map([...level].map(([day, values]) => [day, values.map((x, slot) => x - usual[slot]!)]));
  const seen = days.flatMap((day) => [...excess.get(day)!]).filter(Number.isFinite);
  const { scale } = robustScale(Float64Array.from(seen));
  return scale > 0 ? new Map([...excess].map(([day, values]) => [day, values.map((x) => x / scale)])) : undefined;
}

/** Mean over instruments at each slot of each day; NaN where no instrument has a value. */
function marketLevel({ slots, series }: Panel, channel: number): Levels {
  const sums = new Map<number, { readonly sum: Float64Array; readonly count: Float64Array }>();
  for (const { day, slot, values } of series)
    for (let row = 0; row < day.length; row++) {
      const entry = sums.get(day[row]!) ?? { sum: new Float64Array(slots), count: new Float64Array(slots) };
      sums.set(day[row]!, entry);
      const value = values[channel]![row]!;
      if (!Number.isFinite(value)) continue;
      entry.sum[slot[row]!]! += value;
      entry.count[slot[row]!]!++;
    }
  return new Map([...sums].map(([day, { sum, count }]) => [day, sum.map((s, k) => s / count[k]!)]));
}

/** Over the channels that have a value at the slot. */
function meanOf(channels: readonly Levels[], day: number): Float64Array {
  return channels[0]!.get(day)!.map((_, slot) => {
    const known = channels.map((levels) => levels.get(day)![slot]!).filter(Number.isFinite);
    return known.reduce((sum, x) => sum + x, 0) / known.length;
  });
}

/** The average from the open on, slots without a value passed over. */
function averaged(excess: Float64Array, keep: number): Float64Array {
  let sum = 0;
  let weight = 0;
  return excess.map((value) => {
    if (Number.isFinite(value)) {
      sum = keep * sum + value;
      weight = keep * weight + 1;
    }
    return weight === 0 ? 0 : sum / weight;
  });
}
