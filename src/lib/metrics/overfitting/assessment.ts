/** What is known about the luck in a search, as one document. */
import type { Overfitting } from './backtest-overfitting.ts';
import type { CostStress } from './cost-stress.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import type { NoiseRetention } from './noise-retention.ts';
import type { Decay } from './persistence.ts';
import type { SuperiorAbility } from './superior-ability.ts';
import type { OutOfSample, Verdict } from './verdict.ts';

/** All Sharpe ratios are annual. NaN is what is undefined. */
export type Assessment = {
  readonly sets: number;
  /** Sets with a return that is not finite. */
  readonly excluded: number;
  readonly periods: number;
  readonly years: number;
  readonly chosen: {
    readonly set: number;
    readonly sharpe: number;
    /** Sharpe ratio of returns less exposure x benchmark; equal to `sharpe` without a benchmark. */
    readonly alphaSharpe: number;
    /** Beta to the benchmark; 0 without one. */
    readonly exposure: number;
    /** P(true Sharpe > 0), before deflation. */
    readonly probabilisticSharpe: number;
    readonly deflatedSharpe: number;
    /** The same for the part that the benchmark does not explain. */
    readonly deflatedAlpha: number;
    readonly minTrackRecordYears: number;
    readonly minBacktestYears: number;
  };
  readonly trials: {
    /** From the ledger, and what they amount to when correlated sets of this search count in part. */
    readonly counted: number;
    readonly effective: number;
    readonly correlation: number;
    /** Variance of annual Sharpe ratios across trials, and the largest that chance is expected to reach with it. */
    readonly sharpeVariance: number;
    readonly expectedMaxSharpe: number;
  };
  readonly overfitting: Omit<Overfitting, 'logits'> & {
    /** 5, 25, 50, 75 and 95 % quantiles. */
    readonly logitQuantiles: readonly number[];
  };
  readonly superiorAbility: Omit<SuperiorAbility, 'statistics' | 'adjusted'> & {
    readonly against: 'zero' | 'benchmark';
    /**
     * Studentised mean of the chosen set and its p adjusted for the sets given; `pOfAllTrials` also for trials that the ledger counts beyond
     * them: at least 1 - Phi(statistic)^effective. And how many sets are significant at 5 % after adjustment.
     */
    readonly chosen: { readonly statistic: number; readonly p: number; readonly pOfAllTrials: number };
    readonly significant: number;
  };
  /** Of what is judged: net returns, or what the benchmark does not explain. */
  readonly persistence: readonly Decay[];
  readonly outOfSample?: OutOfSample & { readonly periods: number };
  readonly stability?: Neighbourhood;
  readonly costs?: CostStress;
  readonly noise?: NoiseRetention;
  readonly verdict: Verdict;
};
