/** First estimates of success, fitted: the rate of the precursor with what its membership adds, or trees where they earn their place. */
import { boostTrees } from '../../learning/index.ts';
import { estimateOf, type FirstEstimate } from '../precursor/probability.ts';
import { FOLDS, foldOf } from './folds.ts';
import { inputOf, type Lessons, lessonsWhere, mean } from './lessons.ts';

export type EstimateKind = FirstEstimate['kind'];

export type FitOptions = {
  /** Number of precursors. */
  readonly precursors: number;
  /** Rate of a precursor without a lesson. */
  readonly base: number;
  readonly seed: number;
};

export function fitEstimate(kind: EstimateKind, lessons: Lessons, options: FitOptions): FirstEstimate {
  return kind === 'trees' ? fitTrees(lessons, options) : fitMembership(lessons, options);
}

/** The slope is that of least squares of successes, less the precursor's rate, on memberships; never negative. */
function fitMembership(lessons: Lessons, { precursors, base }: FitOptions): FirstEstimate {
  const { precursor, membership, success } = lessons;
  const rates = Array.from({ length: precursors }, (_, k) => {
    const own = success.filter((_, i) => precursor[i] === k);
    return own.length === 0 ? base : mean(own);
  });
  const meanMembership = success.length === 0 ? 0 : mean(membership);
  let across = 0;
  let squares = 0;
  for (let i = 0; i < success.length; i++) {
    const x = membership[i]! - meanMembership;
    across += x * (success[i]! - rates[precursor[i]!]!);
    squares += x * x;
  }
  return { kind: 'membership', rates, slope: squares === 0 ? 0 : Math.max(0, across / squares), meanMembership };
}

/** Shallow and few: there are hundreds of lessons, not thousands. */
function fitTrees({ coefficients, success }: Lessons, { seed }: FitOptions): FirstEstimate {
  const options = { seed, rounds: 30, depth: 2, learningRate: 0.1, minChild: 4, bins: 16, rowShare: 0.7 };
  return { kind: 'trees', ensemble: boostTrees(coefficients, success, options) };
}

/** Trees if on days left out they lower the squared error by more than its standard error, otherwise the simpler membership. */
export function chooseEstimate(lessons: Lessons, options: FitOptions): EstimateKind {
  const fold = foldOf(lessons.day);
  const gains: number[] = [];
  for (let k = 0; k < FOLDS; k++) {
    const training = lessonsWhere(lessons, (i) => fold(lessons.day[i]!) !== k);
    // Days all of one fold leave nothing to learn from: what is guessed without a lesson is no comparison.
    if (training.day.length === 0) continue;
    const [simple, trees] = [fitMembership(training, options), fitTrees(training, options)];
    for (let i = 0; i < lessons.day.length; i++) {
      if (fold(lessons.day[i]!) !== k) continue;
      const miss = (first: FirstEstimate): number =>
        (estimateOf(first, inputOf(lessons, i)) - lessons.success[i]!) ** 2;
      gains.push(miss(simple) - miss(trees));
    }
  }
  const gain = mean(gains);
  const variance = gains.reduce((sum, g) => sum + (g - gain) ** 2, 0) / (gains.length - 1);
  return gain > Math.sqrt(variance / gains.length) ? 'trees' : 'membership';
}
