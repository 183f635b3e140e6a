/** All indicators: the list that the documentation, the command line and the contract test are made from. */
import { arithmeticEvents } from './arithmetic-events.ts';
import { arithmeticValues } from './arithmetic-values.ts';
import { averages } from './averages.ts';
import { channels } from './channels.ts';
import { cycle } from './cycle.ts';
import type { IndicatorEntry } from './entry.ts';
import { oscillators } from './oscillators.ts';
import { rolling } from './rolling.ts';
import { trend } from './trend.ts';
import { volatility } from './volatility.ts';
import { volume } from './volume.ts';

export const indicatorCatalog: readonly IndicatorEntry[] = [
  ...averages,
  ...oscillators,
  ...trend,
  ...volatility,
  ...channels,
  ...volume,
  ...cycle,
  ...rolling,
  ...arithmeticValues,
  ...arithmeticEvents,
];
