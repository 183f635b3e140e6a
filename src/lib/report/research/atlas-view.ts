/** What the page of a discovery, its validation or its precursor shows, as plain data. */
import type { DayRange } from '../../features/index.ts';
import type { ReliabilityBin } from '../../learning/index.ts';
import type { BudgetResult, ClusterResult, Gate, PrecursorArtifact } from '../../research/index.ts';

/** How many fell into a bin. */
export type CountBin = { readonly label: string; readonly count: number };

export type ClusterView = {
  readonly cluster: number;
  /** Members on the days of discovery. */
  readonly size: number;
  readonly radius: number;
  /** Its course in words. */
  readonly looks: string;
  /** Course of the centroid: a row a channel, oldest value first, in robust deviations from usual. */
  readonly course: readonly (readonly number[])[];
  readonly exemplars: readonly {
    readonly symbol: string;
    /** Of the last row of its window. */
    readonly time: number;
    /** As the course, as it was measured. */
    readonly window: readonly (readonly number[])[];
  }[];
  /** Its alerts by time of the session, by day and by instrument; its members where nothing was validated. */
  readonly places: {
    readonly slots: readonly CountBin[];
    readonly days: readonly CountBin[];
    readonly instruments: readonly CountBin[];
  };
  /** Rows from the alerts of the validation days to their events; absent where nothing was validated. */
  readonly leads?: readonly CountBin[];
  readonly result?: ClusterResult;
};

export type ValidationView = {
  readonly tested: number;
  readonly survivors: readonly number[];
  readonly minSupport: number;
  readonly minLift: number;
  readonly level: number;
  readonly permutations: number;
};

/** How far the survivors' probabilities and budgets can be believed on the validation days. */
export type TrustView = {
  /** Where the probabilities come from: the precursor's model, or the share of each cluster on the days of discovery. */
  readonly source: 'model' | 'discovery';
  readonly reliability: readonly ReliabilityBin[];
  readonly brier: number;
  /** By alerts a day, each with a threshold fixed on the calibration days. */
  readonly budgets: readonly BudgetResult[];
  /** Share of the alerts that an event would have followed if they said nothing. */
  readonly base: number;
};

export type PrecursorView = {
  readonly precursors: PrecursorArtifact['precursors'];
  readonly gates: readonly Gate[];
  readonly perDay: number;
  readonly threshold: number;
  readonly kappa: number;
  readonly bytes: number;
};

export type AtlasView = {
  readonly name: string;
  readonly kind: 'discovery' | 'validation' | 'precursor';
  readonly hash: string;
  readonly data: string;
  readonly synthetic: boolean;
  readonly instruments: number;
  readonly days: { readonly discovery: DayRange; readonly validation: DayRange };
  readonly channels: readonly string[];
  readonly windowRows: number;
  readonly horizonRows: number;
  readonly candidates: number;
  /** Share of the candidates that belong to no cluster. */
  readonly noise: number;
  readonly clusters: readonly ClusterView[];
  readonly validation?: ValidationView;
  /** Absent without a survivor. */
  readonly trust?: TrustView;
  readonly precursor?: PrecursorView;
};
