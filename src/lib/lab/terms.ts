/** What decides each step of the research beside its input, and what is taken where nothing is said. */
import { researchDefaults } from '../research/defaults.ts';
import type { DiscoverOptions } from '../research/index.ts';
import type { EventRule } from './event-rule.ts';

export type DatasetTerms = {
  readonly rule: EventRule;
  /** Rows after T0, at which an event is known, within which its label is decided; and rows after an alert within which an event is a success. */
  readonly horizonRows: number;
  /** Barriers in standard deviations of one row. */
  readonly barriers: { readonly up: number; readonly down: number };
  /** Rows left out between a window and T0: a window that ends 5 minutes before it leaves time to act. */
  readonly gapRows: number;
  /** Ordinary moments drawn an event, from the days of the events. */
  readonly references: number;
  /** Share of the days to discover on, days left out after it, share of the discovery days that calibrate. */
  readonly split: { readonly discovery: number; readonly embargoDays: number; readonly calibration: number };
  readonly seed: number;
};

export const datasetDefaults = {
  rule: { kind: 'move', direction: 'either', beyond: 12, withinRows: researchDefaults.horizonRows },
  horizonRows: researchDefaults.horizonRows,
  barriers: { up: 12, down: 12 },
  gapRows: 0,
  references: 1,
  split: researchDefaults.split,
  seed: researchDefaults.seed,
} as const satisfies DatasetTerms;

export type DiscoveryTerms = Required<Pick<DiscoverOptions, 'minCluster' | 'minSamples' | 'selection'>> &
  Pick<DiscoverOptions, 'kMeans'>;

export const discoveryDefaults: DiscoveryTerms = researchDefaults.clustering;

export type ValidationTerms = {
  readonly permutations: number;
  readonly minSupport: number;
  readonly minLift: number;
  /** Family-wise error of the survivors. */
  readonly level: number;
  /** Alerts a day that can be taken. */
  readonly perDay: number;
  readonly seed: number;
};

export const validationDefaults: ValidationTerms = {
  ...researchDefaults.test,
  perDay: researchDefaults.alertsPerDay,
  seed: researchDefaults.seed,
};
