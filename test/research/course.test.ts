/** The course that an embedding describes, against windows as they were. */
import { describe, expect, it } from 'vitest';
import { featureStream, fitFeatures, parseFeatureSpec, scaledWindow } from '../../src/lib/features/index.ts';
import { describedCourse } from '../../src/lib/research/index.ts';
import { noisePanel } from '../features/noise-panel.ts';

const windowRows = 8;
const panel = noisePanel({ missing: 0.02, channels: ['return', 'activity'] });
const model = (dct: number, pca: number) =>
  fitFeatures(
    parseFeatureSpec({
      schema: 'sigma.features/1',
      name: 'test',
      timeframe: '1m',
      session: { slots: 60 },
      channels: panel.channels,
      windowRows,
      embedding: { dct, pca },
    }),
    panel,
    { from: 20_000, to: 20_006 },
  );

/** Each row's embedding beside its window. */
function* windows(fitted: ReturnType<typeof model>) {
  for (const series of panel.series.slice(0, 2)) {
    const stream = featureStream(fitted, { symbol: series.symbol });
    const embedding = new Float64Array(fitted.pca.components.length);
    for (let r = 0; r < 300; r++) {
      const row = series.values.map((column) => column[r]!);
      if (!stream.push(row, series.slot[r]!, series.day[r]!)) continue;
      stream.embed(stream.whitened, embedding);
      yield { course: describedCourse(fitted, embedding), window: scaledWindow(fitted, series, r) };
    }
  }
}

describe('the course of an embedding', () => {
  it('is the window itself where nothing was left out of it', () => {
    let count = 0;
    for (const { course, window } of windows(model(windowRows, 2 * windowRows))) {
      count++;
      // Three linear maps and back: rounding alone.
      course.forEach((values, c) => {
        for (let n = 0; n < windowRows; n++) expect(Math.abs(values[n]! - window[c]![n]!)).toBeLessThan(1e-8);
      });
    }
    expect(count).toBeGreaterThan(200);
  });

  it('keeps the mean of each channel where only fast shapes were left out', () => {
    const mean = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0) / values.length;
    let count = 0;
    for (const { course, window } of windows(model(3, 6))) {
      count++;
      course.forEach((values, c) => {
        expect(mean(values)).toBeCloseTo(mean(window[c]!), 8);
      });
    }
    expect(count).toBeGreaterThan(200);
  });

  it('has no value before the first row of a session', () => {
    const [first] = scaledWindow(model(3, 6), panel.series[0]!, 2);
    expect(Array.from(first!).filter(Number.isNaN).length).toBeGreaterThanOrEqual(windowRows - 3);
    expect(first!.at(-1)).not.toBeNaN();
  });
});
