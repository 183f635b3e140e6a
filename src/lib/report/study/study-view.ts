/** What is told of a study: the stored result as plain data. Fractions as fractions, times as epoch milliseconds, NaN where undefined. */
import type { Assessment, ShuffledTrades } from '../../metrics/index.ts';
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

/** Growth of 1, at some of the times. */
export type CurveView = { readonly time: readonly number[]; readonly value: readonly number[] };

type Span = { readonly from: number; readonly to: number };
type PathFigures = Readonly<Record<string, number>>;

export type HalvingView = {
  readonly rungs: readonly { readonly periods: number; readonly tried: number; readonly kept: number }[];
};

export type WalkForwardView = {
  readonly spec: {
    readonly windows: number;
    readonly ratio: number;
    readonly anchored: boolean;
    readonly embargo: number;
  };
  readonly windows: readonly {
    readonly inSample: Span;
    readonly outOfSample: Span;
    /** The set that was found in sample; absent when none had a score. */
    readonly params?: ParamSet;
    /** Its score and Sharpe ratio in sample. */
    readonly searched: number;
    readonly searchedSharpe?: number;
    /** Of its returns out of sample. */
    readonly figures: PathFigures;
  }[];
  /** Of the out-of-sample parts, one after the other. */
  readonly figures: PathFigures;
  /** Stitched Sharpe ratio over the mean of those in sample; NaN unless that is above 0, and where nothing moved out of sample. */
  readonly efficiency: number;
  readonly equity: CurveView;
};

export type CpcvView = {
  readonly spec: { readonly groups: number; readonly tested: number; readonly embargo: number };
  readonly candidates: number;
  readonly candidatesBy: string;
  readonly splits: readonly {
    readonly tested: readonly number[];
    readonly params?: ParamSet;
    readonly score: number;
    /** Periods left after purging. */
    readonly trained: number;
  }[];
  readonly paths: readonly PathFigures[];
};

export type HoldoutView = {
  readonly fraction: number;
  readonly span: Span;
  readonly figures: Readonly<Record<string, number>>;
};

export type HonestyView = {
  readonly assessment: Assessment;
  /** Sets whose returns were held against each other; a seeded sample where more were tried. */
  readonly sampled: number;
  readonly shuffled?: ShuffledTrades;
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
    readonly hindsight: boolean;
    readonly closeOnly: boolean;
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
  readonly halving?: HalvingView;
  readonly holdout?: HoldoutView;
  readonly walkForward?: WalkForwardView;
  readonly cpcv?: CpcvView;
  /** Absent while the study is unfinished. */
  readonly honesty?: HonestyView;
  /** Growth of the best set and of the benchmark over the range that was searched, and over the holdout. */
  readonly equity?: { readonly best: CurveView; readonly benchmark?: CurveView & { readonly name: string } };
  /** The run of the best set, stored beside. */
  readonly run?: string;
  /** What to try next: the parameter that mattered most over all trials, the regime and the cost that hurt the best set. Absent while the study is unfinished. */
  readonly advice?: readonly string[];
};
