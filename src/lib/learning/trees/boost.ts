/** Gradient-boosted trees for a yes or no: logistic loss, histograms, sample weights, seeded rows (Friedman 2001, 2002). */
import { createRng, invariant, SigmaError } from '../../core/index.ts';
import type { Matrix } from '../matrix.ts';
import { binFeatures } from './binning.ts';
import { leafOf, logistic, type TreeEnsemble } from './ensemble.ts';
import { type GrowOptions, growTree } from './grow.ts';

export type BoostOptions = Partial<GrowOptions> & {
  /** Trees, 40 by default. */
  readonly rounds?: number;
  /** Bins a feature, 2 to 255; 32 by default. */
  readonly bins?: number;
  /** Share of rows that each tree sees, (0, 1]. */
  readonly rowShare?: number;
  readonly seed: number;
  /** Weight of each row, at least 0; all 1 when absent. */
  readonly weights?: Float64Array;
};

/**
 * Fits log odds of `labels` (0 or 1).
 * The same rows, labels, weights and seed give the same trees. Without a row, or with one class only, the ensemble has no tree and its
 * base is the log odds with half a row added to each class.
 * @throws SigmaError `usage/bad-option`; `data/bad-number` with the row for a label that is not 0 or 1 and a weight that is negative or not finite
 */
export function boostTrees(x: Matrix, labels: ArrayLike<number>, options: BoostOptions): TreeEnsemble {
  const { rounds, bins, rowShare, ...growth } = checked(options);
  invariant(labels.length === x.rows, `${labels.length} labels for ${x.rows} rows`);
  const weight = options.weights ?? new Float64Array(x.rows).fill(1);
  invariant(weight.length === x.rows, `${weight.length} weights for ${x.rows} rows`);
  requireLabels(labels, weight);
  const { positive, negative } = classWeights(labels, weight);
  const base = Math.log((positive + 0.5) / (negative + 0.5));
  const ensemble = { features: x.columns, base, trees: [] };
  if (positive === 0 || negative === 0) return ensemble;

  const binning = binFeatures(x, bins);
  const margin = new Float64Array(x.rows).fill(base);
  const slopes = { gradient: new Float64Array(x.rows), curvature: new Float64Array(x.rows), weight };
  const all = Int32Array.from({ length: x.rows }, (_, i) => i);
  const rng = createRng(options.seed).fork('boosted trees');
  const trees = Array.from({ length: rounds }, () => {
    for (let i = 0; i < x.rows; i++) {
      const p = logistic(margin[i]!);
      slopes.gradient[i] = weight[i]! * (p - labels[i]!);
      slopes.curvature[i] = weight[i]! * p * (1 - p);
    }
    const seen = all.filter(() => rowShare >= 1 || rng.next() < rowShare);
    const tree = growTree(binning, slopes, seen, growth);
    for (let i = 0; i < x.rows; i++) margin[i] = margin[i]! + tree.value[leafOf(tree, x.values, i * x.columns)]!;
    return tree;
  });
  return { ...ensemble, trees };
}

type Complete = GrowOptions & Required<Pick<BoostOptions, 'rounds' | 'bins' | 'rowShare'>>;

function checked(options: BoostOptions): Complete {
  const { rounds = 40, bins = 32, rowShare = 1, depth = 3, learningRate = 0.1, minChild = 1, shrinkage = 1 } = options;
  const require = (holds: boolean, found: string): void => {
    if (!holds) throw new SigmaError('usage/bad-option', found, { where: 'boosted trees' });
  };
  require(Number.isInteger(rounds) && rounds >= 0, `rounds is ${rounds}, not a number of trees`);
  require(Number.isInteger(bins) && bins >= 2 && bins <= 255, `bins is ${bins}, not a whole number from 2 to 255`);
  require(rowShare > 0 && rowShare <= 1, `rowShare is ${rowShare}, not above 0 and up to 1`);
  require(Number.isInteger(depth) && depth >= 0, `depth is ${depth}, not a number of levels`);
  require(learningRate > 0 && learningRate < Number.POSITIVE_INFINITY, `learningRate is ${learningRate}, not above 0`);
  require(minChild >= 0, `minChild is ${minChild}, not a curvature`);
  require(shrinkage >= 0 && shrinkage < Number.POSITIVE_INFINITY, `shrinkage is ${shrinkage}, not from 0 on`);
  return { rounds, bins, rowShare, depth, learningRate, minChild, shrinkage };
}

function requireLabels(labels: ArrayLike<number>, weight: Float64Array): void {
  for (let i = 0; i < weight.length; i++) {
    const where = `boosted trees, row ${i}`;
    if (labels[i] !== 0 && labels[i] !== 1)
      throw new SigmaError('data/bad-number', `a label of ${labels[i]}, neither 0 nor 1`, { where });
    if (!(weight[i]! >= 0 && weight[i]! < Number.POSITIVE_INFINITY))
      throw new SigmaError('data/bad-number', `a weight of ${weight[i]}`, { where });
  }
}

function classWeights(labels: ArrayLike<number>, weight: Float64Array): { positive: number; negative: number } {
  let positive = 0;
  let negative = 0;
  for (let i = 0; i < weight.length; i++) {
    positive += weight[i]! * labels[i]!;
    negative += weight[i]! * (1 - labels[i]!);
  }
  return { positive, negative };
}
