/** How the acceptance experiment looks for precursors: chosen once, the same for every seed, amplitude and null. */
import { type FeatureSpec, parseFeatureSpec } from '../../features/index.ts';
import { plantedChannels } from '../planted/patterns.ts';

/** Read when it is asked for: nothing of the library works by being imported. */
export const experimentSpec = (): FeatureSpec =>
  parseFeatureSpec({
    schema: 'sigma.features/1',
    name: 'planted',
    timeframe: '1m',
    session: { slots: 390 },
    channels: [...plantedChannels],
    windowRows: 24,
    embedding: { dct: 6, pca: 16 },
    peaks: { quantile: 0.92, before: 8, after: 2 },
  });

export const clustering = { minCluster: 12, minSamples: 4, selection: 'leaf' } as const;
/** Steps after an alert within which an event makes it a success, and in which the same cluster is silent. */
export const horizonRows = 30;
/** Alerts of survivors that may be taken a day. */
export const alertsPerDay = 8;
