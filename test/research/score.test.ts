import { describe, expect, it } from 'vitest';
import { rowOf, treeMargin } from '../../src/lib/learning/index.ts';
import { detect } from '../../src/lib/research/distill/detections.ts';
import { distill, type PrecursorArtifact, precursorScorer, scorePanel } from '../../src/lib/research/index.ts';
import { contributor } from '../../src/lib/research/score/contributions.ts';
import { detector } from '../../src/lib/research/score/detector.ts';
import { plantedDiscovery } from './distilled.ts';

const input = plantedDiscovery();
const { panel, days } = input;
const open: PrecursorArtifact = distill(input, { seed: 1, perDay: 1000 });
const all = { from: 0, to: Number.MAX_SAFE_INTEGER };
const unlimited = scorePanel(open, panel, all);

describe('scoring a panel', () => {
  it('is pushing its rows in the order they became known', () => {
    const scorer = precursorScorer(open);
    const streams = panel.series.map(({ symbol }) => scorer.stream(symbol));
    const alerts = [];
    for (let row = 0; row < panel.series[0]!.at.length; row++)
      for (const [series, { values, slot, day, at }] of panel.series.entries()) {
        const pushed = streams[series]!.push(
          values.map((column) => column[row]!),
          slot[row]!,
          day[row]!,
        );
        if (pushed !== undefined) alerts.push({ ...pushed, series, row, at: at[row]! });
      }
    expect(alerts.length).toBeGreaterThan(100);
    expect(JSON.stringify(alerts)).toBe(JSON.stringify(unlimited.alerts));
  });

  it('knows nothing of rows to come', () => {
    const until = panel.series[0]!.at[3000]!;
    const changed = {
      ...panel,
      series: panel.series.map((s) => ({ ...s, values: s.values.map((v) => v.map((x, r) => (r > 3000 ? -x : x))) })),
    };
    const before = (alerts: typeof unlimited.alerts) => alerts.filter(({ at }) => at <= until);
    expect(before(unlimited.alerts).length).toBeGreaterThan(0);
    expect(before(scorePanel(open, changed, all).alerts)).toEqual(before(unlimited.alerts));
  });

  it('announces a precursor of an instrument once in thirty rows', () => {
    const last = new Map<string, number>();
    for (const { symbol, cluster, row } of unlimited.alerts) {
      expect(row - (last.get(`${symbol} ${cluster}`) ?? -30)).toBeGreaterThanOrEqual(30);
      last.set(`${symbol} ${cluster}`, row);
    }
  });

  it('takes the first alerts of a day and no more than the budget', () => {
    const { alerts, counts } = scorePanel({ ...open, budget: { perDay: 2, threshold: 0 } }, panel, all);
    const taken = new Map<number, number>();
    const first = unlimited.alerts.filter(({ day }) => {
      taken.set(day, (taken.get(day) ?? 0) + 1);
      return taken.get(day)! <= 2;
    });
    expect(alerts).toEqual(first);
    expect(counts.overBudget).toBe(unlimited.alerts.length - first.length);
    expect(counts.overBudget).toBeGreaterThan(0);
  });

  it('counts what a gate or the threshold kept back', () => {
    const gates = [{ channel: 'spread', side: 'at-most', limit: 0, quantile: 0.5 }] as const;
    const gated = scorePanel({ ...open, gates }, panel, all);
    expect(gated.counts.gated).toBeGreaterThan(0);
    expect(gated.alerts.length).toBeGreaterThan(0);
    for (const alert of gated.alerts) expect(alert.gates[0]!.value).toBeLessThanOrEqual(0);
    const sure = scorePanel({ ...open, budget: { perDay: 5, threshold: 1 } }, panel, all);
    expect([sure.alerts.length, sure.counts.unlikely]).toEqual([0, unlimited.counts.detections]);
  });

  it('gives probabilities that hold on days never seen', () => {
    const { alerts } = scorePanel(open, panel, { from: days.calibration.to, to: all.to });
    const { series, row } = input.events;
    const followed = (a: (typeof alerts)[number]): boolean =>
      row.some((r, i) => series[i] === a.series && r > a.row && r <= a.row + 30);
    const seen = alerts.filter(followed).length / alerts.length;
    const expected = alerts.reduce((sum, { probability }) => sum + probability, 0) / alerts.length;
    // Three standard errors of as many alerts, and one for what the promise itself is uncertain by.
    expect(Math.abs(seen - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / alerts.length));
  });

  it('refuses an instrument that the features never saw', () => {
    expect(() => precursorScorer(open).stream('OTHER')).toThrow(/not fitted on 'OTHER'/);
  });

  it('passes over rows with missing values', () => {
    const stream = precursorScorer(open).stream('PLANT01');
    for (let slot = 0; slot < 130; slot++) expect(stream.push([Number.NaN, 1, 1, 1], slot, 20_000)).toBeUndefined();
  });
});

describe('contributions to an alert', () => {
  /** The first detection of the first instrument, with all its contributions. */
  function firstDetection(artifact: PrecursorArtifact) {
    const explain = contributor(artifact, Number.POSITIVE_INFINITY);
    const { symbol, values, slot, day } = panel.series[0]!;
    const own = detector(artifact, { symbol });
    for (let row = 0; ; row++)
      if (
        own.push(
          values.map((column) => column[row]!),
          slot[row]!,
          day[row]!,
        )
      )
        return { own, sum: explain(own).reduce((total, { value }) => total + value, 0) };
  }

  it('make up the likeness to the centroid, but for a constant of the model', () => {
    const { own, sum } = firstDetection(open);
    const { centroid } = open.precursors[own.precursor]!;
    const along = (x: ArrayLike<number>): number =>
      centroid.reduce((total, c, k) => total + c * x[k]!, 0) / centroid.reduce((total, c) => total + c * c, 0);
    const { components, mean } = open.features.pca;
    const constant = along(components.map((row) => row.reduce((total, p, i) => total + p * mean[i]!, 0)));
    expect(sum - constant).toBeCloseTo(along(own.vector), 6);
  });

  it('make up the log odds of trees, but for their expectation', () => {
    const artifact = distill(input, { seed: 1, estimate: 'trees' });
    const { first } = artifact.probability;
    if (first.kind !== 'trees') throw new Error('no trees');
    const a = firstDetection(artifact);
    const table = detect(artifact, panel, all);
    const others = Array.from(table.row, (_, i) => treeMargin(first.ensemble, rowOf(table.coefficients, i)));
    const expected = treeMargin(first.ensemble, a.own.coefficients) - a.sum;
    // The expectation of the margin lies among the margins.
    expect(expected).toBeGreaterThan(Math.min(...others));
    expect(expected).toBeLessThan(Math.max(...others));
  });

  it('are named by channel and course, the largest first', () => {
    for (const { contributions } of unlimited.alerts.slice(0, 20)) {
      expect(contributions).toHaveLength(3);
      const sizes = contributions.map(({ value }) => Math.abs(value));
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
      for (const { words, channel } of contributions) expect(words.startsWith(channel)).toBe(true);
    }
  });
});
