import { describe, expect, it } from 'vitest';
import {
  type ChannelSeries,
  candidateStream,
  findLookAhead,
  fitFeatures,
  type Scorer,
  surpriseColumn,
} from '../../src/lib/features/index.ts';
import { noisePanel, noiseSpec } from './noise-panel.ts';

const panel = noisePanel({ missing: 0.01 });
const days = { from: 20_000, to: 20_006 };
const model = fitFeatures(noiseSpec(), panel, days);
const series = panel.series[0]!;
const cuts = [70, 133, 250, 251, 402];

/** 1 where a candidate becomes known. */
const known: Scorer = (of) => {
  const stream = candidateStream(model, { symbol: of.symbol });
  return of.at.map((_, r) => {
    const values = of.values.map((column) => column[r]!);
    return stream.push(values, of.slot[r]!, of.day[r]!) ? 1 : 0;
  });
};
/** The same series, each channel one row early. */
const early = (of: ChannelSeries): ChannelSeries => ({
  ...of,
  values: of.values.map((column) => column.map((_, r) => column[r + 1] ?? Number.NaN)),
});

describe('looking ahead', () => {
  it('is what neither surprise nor candidates do', () => {
    expect(findLookAhead((of) => surpriseColumn(model, of), series, cuts)).toBeUndefined();
    expect(findLookAhead(known, series, cuts)).toBeUndefined();
  });

  it('is what a forest does not do either', () => {
    const forest = fitFeatures(noiseSpec({ surprise: 'isolation-forest' }), panel, days);
    expect(findLookAhead((of) => surpriseColumn(forest, of), series, cuts)).toBeUndefined();
  });

  it('is caught when a score peeks one row ahead, at the first row that could not be known', () => {
    const peeking: Scorer = (of) => surpriseColumn(model, early(of));
    expect(findLookAhead(peeking, series, cuts)).toEqual({ row: 70, knownTo: 70 });
  });

  it('is caught when a peak is stamped on its own row instead of where it is known', () => {
    const stampedEarly: Scorer = (of) => {
      const column = known(of);
      return column.map((_, r) => column[r + 2] ?? 0);
    };
    const rows = [...series.at.keys()].filter((r) => stampedEarly(series)[r] === 1).slice(0, 5);
    expect(findLookAhead(stampedEarly, series, rows)).toEqual({ row: rows[0], knownTo: rows[0] });
  });

  it('is caught when a score is scaled by the mean of the whole column', () => {
    const centred: Scorer = (of) => {
      const column = of.values[0]!;
      const mean = column.reduce((a, b) => a + (b || 0), 0) / column.length;
      return column.map((x) => x - mean);
    };
    expect(findLookAhead(centred, series, [402])).toMatchObject({ knownTo: 402 });
  });
});

describe('a forest as measure of surprise', () => {
  it('is the same whenever it is fitted, ranks by isolation and survives JSON', () => {
    const fitted = fitFeatures(noiseSpec({ surprise: 'isolation-forest' }), panel, days);
    expect(fitFeatures(noiseSpec({ surprise: 'isolation-forest' }), panel, days)).toEqual(fitted);
    const scores = surpriseColumn(fitted, series);
    const lengths = surpriseColumn(model, series);
    expect(surpriseColumn(JSON.parse(JSON.stringify(fitted)), series)).toEqual(scores);
    const rows = [...scores.keys()].filter((r) => scores[r]! > 0);
    expect(rows.every((r) => scores[r]! < 1)).toBe(true);
    // The farthest windows are among the most isolated.
    const top = (column: Float64Array): Set<number> =>
      new Set(rows.toSorted((a, b) => column[b]! - column[a]!).slice(0, 40));
    const [near, far] = [top(scores), top(lengths)];
    expect([...near].filter((r) => far.has(r)).length).toBeGreaterThan(15);
  });
});
