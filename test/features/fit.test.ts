import { describe, expect, it } from 'vitest';
import { featureColumns, fitFeatures, surpriseColumn } from '../../src/lib/features/index.ts';
import { noisePanel, noiseSpec } from './noise-panel.ts';

const days = { from: 20_000, to: 20_020 };
const spec = noiseSpec({ embedding: { dct: 3, whitening: { kind: 'trimmed', keep: 1 }, pca: 4 } });

describe('fitting features', () => {
  const panel = noisePanel({ days: 30, instruments: 8 });
  const model = fitFeatures(spec, panel, days);

  it('looks at nothing outside the training days', () => {
    const other = {
      ...panel,
      series: panel.series.map((s) => ({
        ...s,
        values: s.values.map((column) => column.map((x, r) => (s.day[r]! >= days.to ? 100 * x - 7 : x))),
      })),
    };
    expect(fitFeatures(spec, other, days)).toEqual(model);
  });

  it('gives whitened windows a mean square of one a dimension', () => {
    // Without trimming the sample covariance of the windows is the identity by construction, but for the stride.
    const squares = panel.series.flatMap((s) =>
      [...surpriseColumn(model, s).subarray(0, 1200)].filter((x) => x > 0).map((x) => x * x),
    );
    const mean = squares.reduce((a, b) => a + b, 0) / squares.length;
    expect(mean / 9).toBeCloseTo(1, 2);
  });

  it('does not depend on the unit of a channel nor on the size of an instrument', () => {
    const scaled = {
      ...panel,
      series: panel.series.map((s, i) => ({
        ...s,
        values: s.values.map((column, c) => column.map((x) => (c + 1) * 8 * x + i)),
      })),
    };
    const again = fitFeatures(spec, scaled, days);
    const before = featureColumns(model, panel.series[3]!).surprise;
    const after = featureColumns(again, scaled.series[3]!).surprise;
    for (let r = 8; r < 60; r++) expect(after[r]!).toBeCloseTo(before[r]!, 8);
  });

  it('is not moved by a few wild windows', () => {
    const trimmed = { ...spec, embedding: { ...spec.embedding, whitening: { kind: 'trimmed', keep: 0.9 } as const } };
    const wild = {
      ...panel,
      series: panel.series.map((s) => ({
        ...s,
        values: s.values.map((column) => column.map((x, r) => (r % 240 < 9 ? 40 * x : x))),
      })),
    };
    const calm = surpriseColumn(fitFeatures(trimmed, panel, days), panel.series[0]!);
    const under = surpriseColumn(fitFeatures(trimmed, wild, days), panel.series[0]!);
    for (let r = 8; r < 60; r++) expect(under[r]! / calm[r]!).toBeCloseTo(1, 0);
  });

  it('leaves the axes as they are where fewer than two windows stand out', () => {
    const few = fitFeatures(
      { ...spec, peaks: { quantile: 0.9999, before: 500, after: 2 } },
      noisePanel({ instruments: 1, slots: 30 }),
      {
        from: 20_000,
        to: 20_010,
      },
    );
    expect(few.pca.components.map((row) => row.indexOf(1))).toEqual([0, 1, 2, 3]);
  });

  it('refuses a panel of other channels, a channel that does not vary, copies, and days that are too few', () => {
    const other = { ...panel, channels: ['return', 'activity', 'range'] };
    expect(() => fitFeatures(spec, other, days)).toThrow(/return, activity, range, not return, activity, spread/);
    const change = (map: (values: readonly Float64Array[]) => readonly Float64Array[]) => ({
      ...panel,
      series: panel.series.map((s) => ({ ...s, values: map(s.values) })),
    });
    const flat = change(([a, b, c]) => [a!, b!.map(() => 3), c!]);
    expect(() => fitFeatures(spec, flat, days)).toThrow(/activity.*does not vary/);
    const copied = change(([a, b]) => [a!, b!, b!]);
    expect(() => fitFeatures(spec, copied, days)).toThrow(/copies of each other/);
    expect(() => fitFeatures(spec, noisePanel({ days: 1, slots: 12 }), days)).toThrow(/too few/);
  });
});
