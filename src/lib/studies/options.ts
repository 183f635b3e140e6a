/** What a caller may choose of a study, beside the options of its runs. */
import type { CpcvSpec, SearchMethod, WalkForwardSpec } from '../optimize/index.ts';
import type { RunOptions } from '../runs/index.ts';
import type { SweepEngine } from '../sweep/index.ts';

export type StudyOptions = RunOptions & {
  /** Parameter name to values: `20:200:10`, `0.001:1:log`, `0,0.02,0.05`; the strategy's own ranges when none is named. */
  readonly space?: Readonly<Record<string, string>>;
  readonly method?: SearchMethod;
  /** Most parameter sets to try; 500, or the whole of a small grid. */
  readonly trials?: number;
  /** `sharpe`, `-volatility` or a weighted set; `sharpe` when left out. */
  readonly objective?: string;
  /** Conditions on figures or between parameters. */
  readonly where?: readonly string[];
  /** Figures whose Pareto front is reported. */
  readonly pareto?: string;
  /** Drops hopeless sets on the first ninth and third of the range; off unless asked for. */
  readonly halving?: boolean;
  /** Share of the range, at its end, that no search sees. */
  readonly holdout?: number;
  readonly walkForward?: WalkForwardSpec;
  readonly cpcv?: CpcvSpec;
  readonly engine?: SweepEngine | 'auto';
};
