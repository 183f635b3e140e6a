import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/core/index.ts';
import {
  candidateStream,
  eachCandidate,
  type FeatureModel,
  featureColumns,
  featureStream,
  fitFeatures,
  surpriseColumn,
} from '../../src/lib/features/index.ts';
import { noisePanel, noiseSpec } from './noise-panel.ts';

const days = { from: 20_000, to: 20_006 };

/** A model that was never fitted: any numbers will do where two ways to compute the same are compared. */
function randomModel(
  seed: number,
  shape: Pick<FeatureModel, 'channels' | 'windowRows' | 'window' | 'dct'>,
): FeatureModel {
  const rng = createRng(seed);
  const numbers = (length: number): number[] => Array.from({ length }, () => rng.normal());
  const size = shape.channels.length * shape.dct;
  return {
    schema: 'sigma.feature-model/1',
    specification: '',
    ...shape,
    trained: days,
    seasonal: {
      bucketSlots: 15,
      location: shape.channels.map(() => numbers(4)),
      scale: shape.channels.map(() => numbers(4).map((x) => 0.5 + Math.abs(x))),
    },
    whitening: { mean: numbers(size), factor: numbers((size * (size + 1)) / 2) },
    surprise: { kind: 'trimmed-distance' },
    pca: { mean: numbers(size), components: [numbers(size), numbers(size)] },
    peaks: { threshold: 1, before: 2, after: 1 },
  };
}

describe('a feature stream', () => {
  const panel = noisePanel({ missing: 0.02 });
  const model = fitFeatures(noiseSpec(), panel, days);

  it('equals the columns to the bit, over gaps and starts of sessions', () => {
    const forest = fitFeatures(noiseSpec({ surprise: 'isolation-forest' }), panel, days);
    for (const fitted of [model, { ...model, window: 'continuous' } as const, forest]) {
      for (const series of panel.series) {
        const { surprise, embedding } = featureColumns(fitted, series);
        const stream = featureStream(fitted, { symbol: series.symbol });
        const vector = new Float64Array(4);
        for (let r = 0; r < series.at.length; r++) {
          const warm = stream.push(
            series.values.map((column) => column[r]!),
            series.slot[r]!,
            series.day[r]!,
          );
          expect(warm).toBe(!Number.isNaN(surprise[r]!));
          expect(stream.surprise).toBe(surprise[r]);
          if (!warm) continue;
          stream.embed(stream.whitened, vector);
          expect([...vector]).toEqual([...embedding.values.subarray(4 * r, 4 * r + 4)]);
        }
      }
    }
  });

  it('equals the columns to the bit whatever the shape of the window, over more rows than are measured at once', () => {
    const shape = fc.record({
      seed: fc.integer(),
      channels: fc.integer({ min: 1, max: 5 }),
      windowRows: fc.integer({ min: 4, max: 30 }),
      coefficients: fc.integer({ min: 1, max: 13 }),
      window: fc.constantFrom('session' as const, 'continuous' as const),
      days: fc.constantFrom(1, 2, 11),
      missing: fc.constantFrom(0, 0.03),
    });
    fc.assert(
      fc.property(shape, ({ seed, channels, windowRows, coefficients, window, days, missing }) => {
        const names = Array.from({ length: channels }, (_, c) => `c${c}`);
        const { series } = noisePanel({ seed, instruments: 1, days, channels: names, missing });
        const fitted = randomModel(seed, {
          channels: names,
          windowRows,
          window,
          dct: Math.min(coefficients, windowRows),
        });
        const { surprise, embedding } = featureColumns(fitted, series[0]!);
        const stream = featureStream(fitted);
        const vector = new Float64Array(2);
        const { values, slot, day } = series[0]!;
        slot.forEach((at, r) => {
          const warm = stream.push(
            values.map((column) => column[r]!),
            at,
            day[r]!,
          );
          if (warm) stream.embed(stream.whitened, vector);
          else vector.fill(Number.NaN);
          expect([stream.surprise, ...vector]).toEqual([surprise[r], ...embedding.values.subarray(2 * r, 2 * r + 2)]);
        });
        expect(surpriseColumn(fitted, series[0]!)).toEqual(surprise);
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on how much room its window has', () => {
    const series = panel.series[1]!;
    const expected = surpriseColumn(model, series);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (spareRows) => {
        const stream = featureStream(model, { symbol: series.symbol, spareRows });
        const got = expected.map((_, r) => {
          stream.push(
            series.values.map((column) => column[r]!),
            series.slot[r]!,
            series.day[r]!,
          );
          return stream.surprise;
        });
        expect(got).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });

  it('needs a full window again after a session starts', () => {
    const whole = noisePanel();
    const surprise = surpriseColumn(model, whole.series[0]!);
    const known = [...surprise.subarray(60, 120)].map((x) => !Number.isNaN(x));
    expect(known).toEqual(known.map((_, slot) => slot >= 8));
  });

  it('passes over a row with a missing value and leaves the window as it was', () => {
    const series = noisePanel().series[0]!;
    const without = surpriseColumn(model, series);
    const keep = (x: ArrayLike<number>, gap: number): number[] => Array.from(x).toSpliced(30, 0, gap);
    const withGap = surpriseColumn(model, {
      ...series,
      at: Float64Array.from(keep(series.at, series.at[30]!)),
      day: Int32Array.from(keep(series.day, series.day[30]!)),
      slot: Int32Array.from(keep(series.slot, series.slot[30]!)),
      values: series.values.map((column, c) => Float64Array.from(keep(column, c === 1 ? Number.POSITIVE_INFINITY : 0))),
    });
    expect(withGap[30]).toBeNaN();
    expect([...withGap].toSpliced(30, 1)).toEqual([...without]);
  });

  it('gives earlier rows the same bytes whatever comes after them', () => {
    const series = panel.series[2]!;
    const cut = 287;
    const changed = series.values.map((column, c) => column.map((x, r) => (r > cut ? 5 * c - 3 * x : x)));
    const before = featureColumns(model, series);
    const after = featureColumns(model, { ...series, values: changed });
    expect(after.surprise.subarray(0, cut + 1)).toEqual(before.surprise.subarray(0, cut + 1));
    expect(after.surprise.subarray(cut + 1, cut + 20)).not.toEqual(before.surprise.subarray(cut + 1, cut + 20));
  });

  it('survives a round trip through JSON to the bit', () => {
    const again: FeatureModel = JSON.parse(JSON.stringify(model));
    for (const series of panel.series) expect(featureColumns(again, series)).toEqual(featureColumns(model, series));
  });

  it('names the instrument that it was not fitted on', () => {
    expect(() => featureStream(model, { symbol: 'N11' })).toThrow(/N11.*did you mean N1/);
    expect(() => featureStream(model)).toThrow(/no symbol/);
  });
});

describe('candidates', () => {
  const panel = noisePanel({ days: 20 });
  const model = fitFeatures(noiseSpec({ peaks: { quantile: 0.9, before: 5, after: 2 } }), panel, days);

  it('are the peaks of surprise above the threshold, told two rows later', () => {
    let found = 0;
    for (const series of panel.series) {
      const { surprise, embedding } = featureColumns(model, series);
      const stream = candidateStream(model, { symbol: series.symbol });
      for (let r = 0; r < series.at.length; r++) {
        const told = stream.push(
          series.values.map((column) => column[r]!),
          series.slot[r]!,
          series.day[r]!,
        );
        const p = r - 2;
        const start = r - series.slot[r]!;
        const of = (from: number, to: number): number[] => [...surprise.subarray(Math.max(start, from), to)];
        const height = p < start ? Number.NaN : surprise[p]!;
        const peak =
          height >= model.peaks.threshold &&
          of(p - 5, p).every((x) => Number.isNaN(x) || x < height) &&
          of(p + 1, r + 1).every((x) => x <= height);
        expect(told).toBe(peak);
        if (!told) continue;
        found++;
        expect(stream.peakSurprise).toBe(height);
        expect(stream.peakAge).toBe(2);
        expect([...stream.vector]).toEqual([...embedding.values.subarray(4 * p, 4 * p + 4)]);
      }
    }
    expect(found).toBeGreaterThan(50);
  });

  it('are the same of a whole series and of some of its days as of its stream', () => {
    for (const window of ['session', 'continuous'] as const)
      for (const series of panel.series) {
        const fitted: FeatureModel = { ...model, window };
        const some = { from: 20_003, to: 20_017 };
        const stream = candidateStream(fitted, { symbol: series.symbol });
        const told = [...series.day.keys()].flatMap((r) => {
          if (series.day[r]! < some.from || series.day[r]! >= some.to) return [];
          const row = series.values.map((column) => column[r]!);
          if (!stream.push(row, series.slot[r]!, series.day[r]!)) return [];
          return [[r, r - stream.peakAge, stream.peakSurprise, ...stream.vector, ...stream.whitened]];
        });
        const found: number[][] = [];
        eachCandidate(
          fitted,
          series,
          (r, { peakRow, peakSurprise, vector, whitened }) => {
            found.push([r, peakRow, peakSurprise, ...vector, ...whitened]);
          },
          some,
        );
        expect(found.length).toBeGreaterThan(10);
        expect(found).toEqual(told);
      }
  });

  it('are the same when a visit goes through another series', () => {
    const found = (visit: () => void): number[][] => {
      const rows: number[][] = [];
      eachCandidate(model, panel.series[0]!, (row, { vector }) => {
        visit();
        rows.push([row, ...vector]);
      });
      return rows;
    };
    expect(found(() => surpriseColumn(model, panel.series[1]!))).toEqual(found(() => undefined));
  });

  it('pass the threshold in the share of training windows that was asked for', () => {
    const inTraining = panel.series.flatMap((s) => [...surpriseColumn(model, s).subarray(0, 360)].filter((x) => x > 0));
    const above = inTraining.filter((x) => x >= model.peaks.threshold).length / inTraining.length;
    expect(above).toBeCloseTo(0.1, 2);
  });
});
