/** From a detection to the probability that an event follows it. */
import { logistic, type MonotoneCurve, type TreeEnsemble, treeMargin, valueAt } from '../../learning/index.ts';

/** An estimate before calibration. */
export type FirstEstimate =
  | {
      readonly kind: 'membership';
      /** Share of successes of each precursor on the fitting days. */
      readonly rates: readonly number[];
      /** Probability gained by a membership of 1 over the mean membership of the fitting days; 0 when closer is no better. */
      readonly slope: number;
      readonly meanMembership: number;
    }
  | {
      readonly kind: 'trees';
      /** Log odds from the coefficients of a window. */
      readonly ensemble: TreeEnsemble;
    };

export type ProbabilityModel = {
  readonly first: FirstEstimate;
  /** Isotonic, over groups of calibration alerts; absent when there were too few, and the first estimate stands. */
  readonly calibration?: MonotoneCurve | undefined;
};

export type ProbabilityInput = {
  /** Index into the artifact's precursors. */
  readonly precursor: number;
  readonly membership: number;
  /** Of the window, less their means. */
  readonly coefficients: ArrayLike<number>;
};

/** In [0, 1]. */
export function estimateOf(first: FirstEstimate, { precursor, membership, coefficients }: ProbabilityInput): number {
  if (first.kind === 'trees') return logistic(treeMargin(first.ensemble, coefficients));
  return Math.min(1, Math.max(0, first.rates[precursor]! + first.slope * (membership - first.meanMembership)));
}

/** Calibrated where there is a curve. */
export function probabilityOf({ first, calibration }: ProbabilityModel, input: ProbabilityInput): number {
  const estimate = estimateOf(first, input);
  return calibration === undefined ? estimate : valueAt(calibration, estimate);
}
