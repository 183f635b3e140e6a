/** Principal components of whitened windows. */
import type { FeatureModel } from './feature-model.ts';

/** Writes the principal components of a whitened window. */
export type Projection = (whitened: Float64Array, out: Float64Array) => void;

export function projection({ pca }: FeatureModel): Projection {
  const size = pca.mean.length;
  const mean = Float64Array.from(pca.mean);
  const components = Float64Array.from(pca.components.flat());
  const kept = pca.components.length;
  return (whitened, out) => {
    for (let k = 0; k < kept; k++) {
      let sum = 0;
      for (let i = 0, c = k * size; i < size; i++, c++) sum += components[c]! * (whitened[i]! - mean[i]!);
      out[k] = sum;
    }
  };
}
