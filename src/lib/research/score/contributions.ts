/** Why an alert is one: what each coefficient of its window adds, exactly, and what the largest are called. */
import { treeExplainer } from '../../learning/index.ts';
import type { PrecursorArtifact } from '../precursor/artifact.ts';
import { type Coefficient, carriedBack, coefficientsOf, courseWords } from '../precursor/coefficients.ts';
import type { Detection } from './detector.ts';

export type Contribution = Coefficient & {
  /** What the coefficient says of the window: `activity rising`. */
  readonly words: string;
  /**
   * With membership: its share of the window's likeness to the precursor, which is the window's component along the centroid, 1 at the
   * centroid. With trees: log odds, a Shapley value. All of them and a constant of the model make up the whole.
   */
  readonly value: number;
};

/** Reserves its memory once. The result lists the `count` largest, by size. */
export function contributor(
  { features, precursors, probability }: Pick<PrecursorArtifact, 'features' | 'precursors' | 'probability'>,
  count = 3,
): (detection: Detection) => Contribution[] {
  const names = coefficientsOf(features);
  const values = new Float64Array(names.length);
  const fill =
    probability.first.kind === 'trees' ? shapley(probability.first.ensemble) : likeness(features, precursors);
  return (detection) => {
    fill(detection, values);
    return names
      .map((name, j) => ({ ...name, words: courseWords(name, detection.coefficients[j]!), value: values[j]! }))
      .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
      .slice(0, count);
  };
}

type Fill = (detection: Detection, values: Float64Array) => void;

function shapley(ensemble: Parameters<typeof treeExplainer>[0]): Fill {
  const explainer = treeExplainer(ensemble);
  return ({ coefficients }, values) => explainer.explain(coefficients, values);
}

function likeness(features: PrecursorArtifact['features'], precursors: PrecursorArtifact['precursors']): Fill {
  const gradients = precursors.map(({ centroid }) => {
    const length = centroid.reduce((sum, x) => sum + x * x, 0);
    return carriedBack(features, centroid).map((g) => g / length);
  });
  return ({ precursor, coefficients }, values) => {
    for (let j = 0; j < values.length; j++) values[j] = gradients[precursor]![j]! * coefficients[j]!;
  };
}
