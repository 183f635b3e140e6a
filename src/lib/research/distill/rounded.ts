/** A feature model with the digits that matter: half the document, and the figures can be read. */
import type { FeatureModel } from '../../features/index.ts';

type ChannelScale = NonNullable<FeatureModel['instruments']>[string];

export const roundTo =
  (digits: number) =>
  (value: number): number =>
    Number(value.toPrecision(digits));

/** @param digits significant decimal digits, 1 to 17 */
export function roundedModel(model: FeatureModel, digits: number): FeatureModel {
  const round = roundTo(digits);
  const list = (values: readonly number[]): number[] => values.map(round);
  const table = (rows: readonly (readonly number[])[]): number[][] => rows.map(list);
  const scale = (s: ChannelScale): ChannelScale => ({ location: list(s.location), scale: list(s.scale) });
  const { instruments, seasonal, whitening, surprise, pca, peaks } = model;
  return {
    ...model,
    seasonal: { ...seasonal, location: table(seasonal.location), scale: table(seasonal.scale) },
    ...(instruments === undefined
      ? {}
      : { instruments: Object.fromEntries(Object.entries(instruments).map(([symbol, s]) => [symbol, scale(s)])) }),
    whitening: { mean: list(whitening.mean), factor: list(whitening.factor) },
    surprise: surprise.kind === 'isolation-forest' ? { ...surprise, cut: list(surprise.cut) } : surprise,
    pca: { mean: list(pca.mean), components: table(pca.components) },
    peaks: { ...peaks, threshold: round(peaks.threshold) },
  };
}
