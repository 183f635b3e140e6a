/** What a discovery boils down to: one document that a person can read and a strategy can run. */
import type { DayRange, FeatureModel, FeatureSpec } from '../../features/index.ts';
import type { FrozenBins } from '../../learning/index.ts';
import type { Agreement } from './agreement.ts';
import type { Gate } from './gates.ts';
import type { ProbabilityModel } from './probability.ts';

/** A pattern that survived validation. */
export type Precursor = {
  /** Number of the cluster in the discovery. */
  readonly cluster: number;
  /** What its windows look like: the coefficients that count most, in words. */
  readonly looks: string;
  /** Centre of its windows in the embedding, and the distance within which a window is one of them: 95 % of them, or fewer where strangers come in. */
  readonly centroid: readonly number[];
  readonly radius: number;
  /**
   * On the days of discovery and, where they were given, of validation: alerts that the document gives there (past gates, threshold and budget), the share of
   * them that an event followed, and that share for alerts of the same instruments at the same times that say nothing, by the events of the others.
   */
  readonly promised: { readonly alerts: number; readonly rate: number; readonly base: number };
  /** Failures that are not forgiven by successes and raise the alarm (`learning/drift/success-decay.ts`). */
  readonly excessLimit: number;
};

export type PrecursorArtifact = {
  readonly schema: 'sigma.precursor/1';
  readonly name: string;
  /** What the channels are computed from, and when their sessions are. */
  readonly specification: FeatureSpec;
  readonly features: FeatureModel;
  /** Rows after an alert within which an event makes it a success. */
  readonly horizonRows: number;
  /** Rows of an instrument in which a precursor is not announced twice. */
  readonly quietRows: number;
  readonly precursors: readonly Precursor[];
  readonly gates: readonly Gate[];
  readonly probability: ProbabilityModel;
  /** At most `perDay` alerts a day over all instruments, first come, from this probability on. */
  readonly budget: { readonly perDay: number; readonly threshold: number };
  readonly drift: {
    /** Channels of the fitting days in frozen bins, after seasonal scaling, one value a window. */
    readonly inputs: readonly (FrozenBins & { readonly channel: string })[];
  };
  readonly fitted: {
    readonly discovery: DayRange;
    readonly calibration: DayRange;
    /** Settings of gates and of the probability that were tried. */
    readonly trials: number;
    readonly seed: number;
  };
  /** Against all clusters of the discovery at full precision, without gates, on the calibration days. */
  readonly agreement: Agreement;
  readonly cost: {
    /** Length of this document as canonical JSON without this block. */
    readonly bytes: number;
    /** Multiplications and additions of each row, and of each candidate on top. */
    readonly perRow: number;
    readonly perCandidate: number;
  };
};
