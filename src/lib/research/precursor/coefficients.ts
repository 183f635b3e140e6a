/** The coefficients of a window by what a person would call them: which channel, and which course it took. */
import type { FeatureModel } from '../../features/index.ts';
import { cosineTransform } from '../../learning/index.ts';

/** One DCT coefficient of one channel of a window. */
export type Coefficient = { readonly channel: string; readonly order: number };

/** All coefficients in the order in which windows are transformed: channel after channel, orders ascending. */
export function coefficientsOf({ channels, dct }: Pick<FeatureModel, 'channels' | 'dct'>): Coefficient[] {
  return channels.flatMap((channel) => Array.from({ length: dct }, (_, order) => ({ channel, order })));
}

/** What a coefficient says of the window, from its oldest row to its newest: `activity rising`. */
export function courseWords({ channel, order }: Coefficient, value: number): string {
  if (order === 0) return `${channel} ${value >= 0 ? 'high' : 'low'} throughout`;
  if (order === 1) return `${channel} ${value >= 0 ? 'falling' : 'rising'}`;
  if (order === 2) return `${channel} high ${value >= 0 ? 'at both ends' : 'in the middle'}`;
  return `${channel} in ${order / 2} waves, ${value >= 0 ? 'high' : 'low'} at first`;
}

/**
 * Recovers coefficients, less their means, from a whitened window: the triangular factor is solved from its first row on. `out` is as
 * long as the window.
 */
export function unwhitening({
  whitening,
}: Pick<FeatureModel, 'whitening'>): (whitened: Float64Array, out: Float64Array) => void {
  const factor = Float64Array.from(whitening.factor);
  return (whitened, out) => {
    for (let i = 0, f = 0; i < whitened.length; i++, f++) {
      let left = whitened[i]!;
      for (let j = 0; j < i; j++, f++) left -= factor[f]! * out[j]!;
      out[i] = left / factor[f]!;
    }
  };
}

/**
 * How much one unit of each coefficient moves a window's embedding along `direction`: the direction carried back through the
 * principal components and the whitening.
 */
export function carriedBack({ whitening, pca }: FeatureModel, direction: ArrayLike<number>): Float64Array {
  const size = pca.mean.length;
  const alongWhitened = new Float64Array(size);
  pca.components.forEach((component, k) => {
    for (let i = 0; i < size; i++) alongWhitened[i]! += direction[k]! * component[i]!;
  });
  const gradient = new Float64Array(size);
  for (let i = 0, f = 0; i < size; i++)
    for (let j = 0; j <= i; j++, f++) gradient[j]! += whitening.factor[f]! * alongWhitened[i]!;
  return gradient;
}

/** Coefficients, less their means, of the window that an embedding describes: what principal components left out is as it is on average. */
export function describedWindow(model: FeatureModel, embedding: ArrayLike<number>): Float64Array {
  const whitened = Float64Array.from(model.pca.mean);
  model.pca.components.forEach((component, k) => {
    for (let i = 0; i < whitened.length; i++) whitened[i]! += embedding[k]! * component[i]!;
  });
  const out = new Float64Array(whitened.length);
  unwhitening(model)(whitened, out);
  return out;
}

/**
 * The smooth course of each channel over the window that an embedding describes, in robust deviations from usual, oldest row first: its
 * coefficients through the inverse transform, whose matrix is the transpose.
 */
export function describedCourse(model: FeatureModel, embedding: ArrayLike<number>): Float64Array[] {
  const { channels, dct, windowRows, whitening } = model;
  const coefficients = describedWindow(model, embedding).map((value, i) => value + whitening.mean[i]!);
  const cosines = cosineTransform(windowRows, dct).values;
  return channels.map((_, c) =>
    Float64Array.from({ length: windowRows }, (_row, n) => {
      let sum = 0;
      for (let k = 0; k < dct; k++) sum += coefficients[c * dct + k]! * cosines[k * windowRows + n]!;
      return sum;
    }),
  );
}
