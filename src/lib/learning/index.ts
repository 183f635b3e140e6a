/** Statistical learning over tables of numbers: clusters, distances, trees, drift. No trading word. */
export { conformalLimit, conformalRank } from './calibration/conformal.ts';
export { isotonic, type MonotoneCurve, valueAt } from './calibration/isotonic.ts';
export { brier, type ReliabilityBin, reliability } from './calibration/reliability.ts';
export { type Hdbscan, type HdbscanOptions, hdbscan } from './clustering/hdbscan/hdbscan.ts';
export { approximatePredict, type Prediction } from './clustering/hdbscan/predict.ts';
export { type KMeans, type KMeansOptions, kMeans } from './clustering/k-means.ts';
export { type Adwin, type AdwinOptions, adwin } from './drift/adwin.ts';
export { kolmogorovP, kolmogorovSmirnov, type TwoSampleTest } from './drift/kolmogorov-smirnov.ts';
export { type PageHinkleyOptions, pageHinkley, type StreamTest } from './drift/page-hinkley.ts';
export {
  binnedDistance,
  countInBins,
  type FrozenBins,
  freezeBins,
  populationStability,
} from './drift/population-stability.ts';
export {
  type DecayRates,
  decayInformation,
  forgivenFailures,
  outcomesToAlarm,
  type SuccessDecay,
  successDecay,
  usualExcess,
} from './drift/success-decay.ts';
export { cosineTransform } from './linear/cosine-transform.ts';
export { columnMeans, covariance } from './linear/covariance.ts';
export { fitPca, type Pca, pcaScores } from './linear/pca.ts';
export { type Eigen, symmetricEigen } from './linear/symmetric-eigen.ts';
export { type TrimmedCovariance, trimmedCovariance } from './linear/trimmed-covariance.ts';
export { squaredMahalanobis, type Whitening, whiten, whitening } from './linear/whitening.ts';
export { type Matrix, matrix, rowOf, stacked } from './matrix.ts';
export { distanceProfile } from './motifs/distance-profile.ts';
export {
  discord,
  type MatrixProfile,
  type MatrixProfileOptions,
  matrixProfile,
  motif,
} from './motifs/matrix-profile.ts';
export { type MultiMatrixProfile, multiMatrixProfile } from './motifs/multi-matrix-profile.ts';
export {
  growIsolationForest,
  type IsolationForest,
  type IsolationForestOptions,
  isolationScore,
  isolationScores,
  meanPathLength,
} from './outliers/isolation-forest.ts';
export { type BoostOptions, boostTrees } from './trees/boost.ts';
export { logistic, type Tree, type TreeEnsemble, treeMargin } from './trees/ensemble.ts';
export { type TreeExplainer, treeExplainer } from './trees/tree-shap.ts';
