/** The scaling of one instrument, worked out from a model: what is taken off each channel and what it is divided by, in each bucket of slots. */
import { didYouMean, SigmaError } from '../core/index.ts';
import type { ChannelScale, FeatureModel } from './feature-model.ts';
import type { Scaling } from './window.ts';

/** @throws SigmaError usage/unknown-instrument */
export function scalingOf(
  { seasonal, instruments, channels }: Pick<FeatureModel, 'seasonal' | 'instruments' | 'channels'>,
  symbol: string | undefined,
): Scaling {
  const own = instruments === undefined ? undefined : scaleOf(instruments, symbol);
  const buckets = seasonal.location[0]!.length;
  const location = new Float64Array(channels.length * buckets);
  const inverseScale = new Float64Array(channels.length * buckets);
  for (let c = 0; c < channels.length; c++) {
    const middle = own?.location[c] ?? 0;
    const spread = own?.scale[c] ?? 1;
    for (let b = 0; b < buckets; b++) {
      location[c * buckets + b] = middle + spread * seasonal.location[c]![b]!;
      inverseScale[c * buckets + b] = 1 / (spread * seasonal.scale[c]![b]!);
    }
  }
  return { location, inverseScale, buckets, bucketSlots: seasonal.bucketSlots };
}

function scaleOf(instruments: Readonly<Record<string, ChannelScale>>, symbol: string | undefined): ChannelScale {
  const known = symbol === undefined || !Object.hasOwn(instruments, symbol) ? undefined : instruments[symbol];
  if (known !== undefined) return known;
  throw new SigmaError(
    'usage/unknown-instrument',
    symbol === undefined
      ? 'the features scale each instrument by its own history, and no symbol is given'
      : `the features were not fitted on '${symbol}'`,
    { hint: didYouMean(symbol ?? '', Object.keys(instruments)) || 'fit them again with it among the instruments' },
  );
}
