/** How the acceptance experiment looks for precursors: with the defaults of every step, the same for every seed, amplitude and null. */
import { type FeatureSpec, parseFeatureSpec } from '../../features/index.ts';
import { researchDefaults } from '../defaults.ts';
import { plantedChannels } from '../planted/patterns.ts';

/** Read when it is asked for: nothing of the library works by being imported. */
export const experimentSpec = (): FeatureSpec =>
  parseFeatureSpec({
    schema: 'sigma.features/1',
    name: 'planted',
    timeframe: '1m',
    session: { slots: 390 },
    channels: [...plantedChannels],
  });

export const { horizonRows } = researchDefaults;
/** So few alerts a day that they are spent on many days: what is measured is that there are never more. */
export const tightBudget = 4;
