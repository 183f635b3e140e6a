/** What is told of a study: the stored result as plain data. Fractions as fractions, times as epoch milliseconds, NaN where undefined. */
import type { ParamSet } from '../../sweep/index.ts';

export type StudyTrial = {
  readonly trial: number;
  readonly params: ParamSet;
  readonly score: number;
  /** By figure key. */
  readonly figures: Readonly<Record<string, number>>;
  /** Chance that the true Sharpe ratio is above what the best of all trials of the family would show without skill. */
  readonly dsr: number;
};

/** Trials of the family on the data as the ledger counts them, this study included. */
export type TrialEvidence = {
  /** Distinct parameter sets. */
  readonly count: number;
  /** Of their Sharpe ratios a period; NaN under two. */
  readonly sharpeVariance: number;
};

export type StudyView = {
  readonly id: string;
  readonly strategy: string;
  readonly description: string;
  readonly status: 'complete' | 'partial';
  readonly dataset: {
    readonly name: string;
    readonly title: string;
    readonly synthetic: boolean;
    readonly timeframe: string;
    readonly symbols: readonly string[];
    readonly licence: string;
  };
  /** Ends of the first and last period searched on. */
  readonly from: number;
  readonly to: number;
  readonly periods: number;
  readonly periodsPerYear: number;
  readonly settings: readonly (readonly [label: string, value: string])[];
  readonly space: readonly { readonly name: string; readonly values: string }[];
  readonly fixed: ParamSet;
  readonly method: string;
  readonly budget: number;
  readonly objective: string;
  readonly where: readonly string[];
  readonly seed: number;
  readonly engine: 'vectorised' | 'event';
  readonly engineReason: string;
  readonly currency: string;
  readonly counts: {
    readonly trials: number;
    readonly failed: number;
    /** Measured, but breaking a condition or without a score. */
    readonly unscored: number;
  };
  readonly evidence: TrialEvidence;
  /** Best first; the first is the result of the search. */
  readonly top: readonly StudyTrial[];
  readonly pareto?: { readonly objective: string; readonly front: readonly StudyTrial[] };
  readonly failures: readonly { readonly params: ParamSet; readonly code: string; readonly message: string }[];
  /** The run of the best set, stored beside. */
  readonly run?: string;
};
