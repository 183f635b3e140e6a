/** What each step takes where nothing is said: commands, library and the acceptance experiment alike, so that the experiment measures what a user gets. */

export const researchDefaults = {
  /** Rows after an alert within which an event makes it a success, and in which the same cluster is silent. */
  horizonRows: 30,
  /** Share of the days to discover on, days left out after it, share of the discovery days that calibrate. */
  split: { discovery: 0.5, embargoDays: 1, calibration: 0.3 },
  clustering: { minCluster: 12, minSamples: 4, selection: 'leaf' },
  /** Permutations, and what a survivor has to reach; `level` is the family-wise error. */
  test: { permutations: 400, minSupport: 15, minLift: 1.5, level: 0.05 },
  /** Alerts that may be taken a day over all instruments. */
  alertsPerDay: 20,
  seed: 1,
} as const;

export type ExperimentPlan = {
  /** Planted markets of each amplitude. */
  readonly seeds: number;
  /** Seeds count from here. Those below 101 were looked at while the pipeline was made. */
  readonly firstSeed: number;
  /** Sets of permuted events, spread over the markets of amplitude 2.2, and markets of noise. */
  readonly nulls: number;
};

/** That of the acceptance experiment. */
export const experimentPlan: ExperimentPlan = { seeds: 20, firstSeed: 101, nulls: 200 };
