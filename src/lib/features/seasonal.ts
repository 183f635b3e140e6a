/** The season of each channel within the session, and the scale of each instrument, from training days. */
import { SigmaError } from '../core/index.ts';
import { type RobustScale, robustScale } from '../statistics/index.ts';
import type { ChannelScale, DayRange, FeatureModel } from './feature-model.ts';
import type { ChannelSeries, Panel } from './panel.ts';
import { rowsOf } from './rows-of-days.ts';
import type { FeatureSpec } from './specification.ts';

/** Values of a bucket below which it takes the scale of the whole channel. */
const LEAST_OF_BUCKET = 30;

/**
 * Robust location and scale by channel and bucket of slots, over all instruments and training days; where asked for, of what is
 * left after each instrument's own location and scale.
 * @throws SigmaError data/singular when a channel does not vary
 */
export function fitSeasonal(
  { normalisation }: FeatureSpec,
  panel: Panel,
  days: DayRange,
): Pick<FeatureModel, 'seasonal' | 'instruments'> {
  const { bucketSlots } = normalisation;
  const own =
    normalisation.instruments === 'each' ? panel.series.map((s) => instrumentScale(s, panel, days)) : undefined;
  const buckets = Math.ceil(panel.slots / bucketSlots);
  const scales = panel.channels.map((_, c) => channelSeason(panel, c, days, bucketSlots, buckets, own));
  return {
    seasonal: {
      bucketSlots,
      location: scales.map((row) => row.map((s) => s.location)),
      scale: scales.map((row) => row.map((s) => s.scale)),
    },
    ...(own === undefined
      ? {}
      : { instruments: Object.fromEntries(panel.series.map((s, i) => [s.symbol, own[i]!] as const)) }),
  };
}

function instrumentScale(series: ChannelSeries, panel: Panel, days: DayRange): ChannelScale {
  const [from, to] = rowsOf(series.day, days);
  const scales = panel.channels.map((channel, c) =>
    varying(robustScale(series.values[c]!.subarray(from, to).filter(Number.isFinite)), `${series.symbol}: ${channel}`),
  );
  return { location: scales.map((s) => s.location), scale: scales.map((s) => s.scale) };
}

function channelSeason(
  panel: Panel,
  channel: number,
  days: DayRange,
  bucketSlots: number,
  buckets: number,
  own: readonly ChannelScale[] | undefined,
): readonly RobustScale[] {
  const counts = new Int32Array(buckets);
  const visit = (take: (bucket: number, value: number) => void): void =>
    panel.series.forEach((series, i) => {
      const middle = own?.[i]?.location[channel] ?? 0;
      const spread = own?.[i]?.scale[channel] ?? 1;
      const [from, to] = rowsOf(series.day, days);
      const column = series.values[channel]!;
      for (let r = from; r < to; r++) {
        const x = column[r]!;
        if (x - x === 0) take(Math.floor(series.slot[r]! / bucketSlots), (x - middle) / spread);
      }
    });
  visit((bucket) => counts[bucket]!++);
  const values = Array.from(counts, (n) => new Float64Array(n));
  counts.fill(0);
  visit((bucket, value) => {
    values[bucket]![counts[bucket]!++] = value;
  });
  const whole = varying(robustScale(concatenated(values)), panel.channels[channel]!);
  return values.map((v) => {
    if (v.length < LEAST_OF_BUCKET) return whole;
    const own = robustScale(v);
    return own.scale > 0 ? own : { location: own.location, scale: whole.scale };
  });
}

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function varying(scale: RobustScale, where: string): RobustScale {
  if (scale.scale > 0) return scale;
  throw new SigmaError('data/singular', 'the channel has no values or does not vary on the training days', {
    where,
    hint: 'take it out of the specification, or train on other days',
  });
}
