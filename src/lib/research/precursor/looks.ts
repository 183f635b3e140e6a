/** What a precursor looks like, in words. */
import type { FeatureModel } from '../../features/index.ts';
import { carriedBack, coefficientsOf, courseWords, describedWindow } from './coefficients.ts';

/** The few coefficients of the centroid that make up most of it: `activity rising, spread high in the middle`. */
export function looksOf(model: FeatureModel, centroid: ArrayLike<number>): string {
  const gradient = carriedBack(model, centroid);
  const course = describedWindow(model, centroid);
  return coefficientsOf(model)
    .map((coefficient, j) => ({ share: gradient[j]! * course[j]!, words: courseWords(coefficient, course[j]!) }))
    .sort((a, b) => b.share - a.share)
    .slice(0, 3)
    .map(({ words }) => words)
    .join(', ');
}
