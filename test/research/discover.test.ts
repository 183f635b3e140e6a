import { beforeAll, describe, expect, it } from 'vitest';
import {
  type FeatureModel,
  featureColumns,
  fitFeatures,
  type Panel,
  parseFeatureSpec,
} from '../../src/lib/features/index.ts';
import {
  assignAlerts,
  type Candidates,
  describeClusters,
  discover,
  findCandidates,
} from '../../src/lib/research/index.ts';
import { noisePanel, noiseSpec } from '../features/noise-panel.ts';

const spec = noiseSpec({ embedding: { dct: 3, pca: 2 }, peaks: { quantile: 0.9, before: 5 } });
const discovery = { from: 20_000, to: 20_012 };
const later = { from: 20_013, to: 20_020 };

let panel: Panel;
let model: FeatureModel;
let candidates: Candidates;
beforeAll(() => {
  panel = noisePanel({ days: 20 });
  model = fitFeatures(spec, panel, discovery);
  candidates = findCandidates(model, panel, discovery);
});

describe('candidates', () => {
  it('lie on the days asked for, in the order in which they became known', () => {
    const days = Array.from(candidates.row, (row, i) => panel.series[candidates.series[i]!]!.day[row]!);
    expect(days.length).toBeGreaterThan(30);
    expect(days.every((day) => day >= discovery.from && day < discovery.to)).toBe(true);
    expect([...candidates.at]).toEqual([...candidates.at].sort((a, b) => a - b));
  });

  it('are known two rows after their peak, with the embedding and the surprise of the peak', () => {
    const columns = panel.series.map((series) => featureColumns(model, series));
    candidates.row.forEach((row, i) => {
      const peak = candidates.peak[i]!;
      const { surprise, embedding } = columns[candidates.series[i]!]!;
      expect(row - peak).toBe(2);
      expect(candidates.surprise[i]).toBe(surprise[peak]);
      expect(candidates.vectors.values.slice(2 * i, 2 * i + 2)).toEqual(embedding.values.slice(2 * peak, 2 * peak + 2));
    });
  });
});

/** Labels by the quadrant of the first component, noise near the middle. */
function halves({ vectors }: Candidates): Int32Array {
  return Int32Array.from({ length: vectors.rows }, (_, i) => {
    const x = vectors.values[2 * i]!;
    return Math.abs(x) < 1 ? -1 : x < 0 ? 0 : 1;
  });
}

describe('clusters', () => {
  it('have the mean of their members as centre, and a radius that ends at 95 % of them or where 3 in 10 are strangers', () => {
    const labels = halves(candidates);
    const { centroids, radius, size } = describeClusters(
      model,
      candidates,
      labels,
      new Float64Array(labels.length).fill(1),
    );
    let cut = false;
    for (const k of [0, 1]) {
      const members = [...labels.keys()].filter((i) => labels[i] === k);
      expect(size[k]).toBe(members.length);
      const all = [...labels.keys()].map((i) => {
        const dx = candidates.vectors.values[2 * i]! - centroids.values[2 * k]!;
        return Math.hypot(dx, candidates.vectors.values[2 * i + 1]! - centroids.values[2 * k + 1]!);
      });
      const distances = members.map((i) => all[i]!).sort((a, b) => a - b);
      const mean = members.reduce((sum, i) => sum + candidates.vectors.values[2 * i]!, 0) / members.length;
      expect(centroids.values[2 * k]).toBeCloseTo(mean, 10);
      const pure = (r: number) => distances.filter((d) => d <= r).length >= 0.7 * all.filter((d) => d <= r).length;
      const covered = distances.slice(0, Math.ceil(0.95 * distances.length));
      expect(radius[k]).toBeCloseTo(covered.filter(pure).at(-1)!, 9);
      cut ||= radius[k]! < covered.at(-1)! - 1e-9;
    }
    // Otherwise strangers would not be under test.
    expect(cut).toBe(true);
  });

  it('are shown by the members of highest probability', () => {
    const labels = halves(candidates);
    const probabilities = Float64Array.from(labels, (_, i) => ((i * 7919) % 997) / 997);
    const { exemplars } = describeClusters(model, candidates, labels, probabilities);
    const members = [...labels.keys()].filter((i) => labels[i] === 1);
    const best = members.sort((a, b) => probabilities[b]! - probabilities[a]!).slice(0, 5);
    expect([...exemplars[1]!]).toEqual(best);
  });

  it('may be none: then there is nothing to be alerted of', () => {
    const none = describeClusters(
      model,
      candidates,
      new Int32Array(candidates.row.length).fill(-1),
      new Float64Array(candidates.row.length),
    );
    expect(none.size.length).toBe(0);
    expect(assignAlerts(none, candidates).row.length).toBe(0);
  });
});

describe('alerts', () => {
  it('are the candidates within the radius of the nearest centroid, once in 30 rows an instrument and cluster', () => {
    const labels = halves(candidates);
    const clusters = describeClusters(model, candidates, labels, new Float64Array(labels.length).fill(1));
    const tested = findCandidates(model, panel, later);
    const alerts = assignAlerts(clusters, tested);
    expect(alerts.row.length).toBeGreaterThan(10);
    const distance = (i: number, k: number): number =>
      Math.hypot(
        tested.vectors.values[2 * i]! - clusters.centroids.values[2 * k]!,
        tested.vectors.values[2 * i + 1]! - clusters.centroids.values[2 * k + 1]!,
      );
    const last = new Map<string, number>();
    const expected: number[] = [];
    tested.row.forEach((row, i) => {
      const k = distance(i, 0) <= distance(i, 1) ? 0 : 1;
      const key = `${tested.series[i]} ${k}`;
      if (distance(i, k) > clusters.radius[k]! || row - (last.get(key) ?? -99) < 30) return;
      last.set(key, row);
      expected.push(i);
    });
    expect([...alerts.candidate]).toEqual(expected);
    expect(alerts.score.every((score) => score >= 0 && score <= 1)).toBe(true);
  });
});

describe('discovering', () => {
  /** Noise into which two shapes are written every twentieth row or so. */
  const withShapes = (): Panel => {
    const whole = noisePanel({ days: 30, instruments: 6 });
    const shape = (row: number, c: number, kind: number): number =>
      8 * (kind === 0 ? Math.sin(row * (c + 1)) : Math.cos(row * (3 - c)));
    return {
      ...whole,
      series: whole.series.map((s, i) => ({
        ...s,
        values: s.values.map((column, c) =>
          column.map((x, r) => {
            const start = 17 + ((i * 7 + s.day[r]! * 3) % 20);
            const row = s.slot[r]! - start;
            return row < 0 || row > 8 ? x : x + (1 + i) * shape(row, c, s.day[r]! % 2);
          }),
        ),
      })),
    };
  };
  const days = { from: 20_000, to: 20_030 };
  const wide = parseFeatureSpec({ ...spec, embedding: { dct: 3, pca: 4 }, peaks: { quantile: 0.95, before: 9 } });

  it('finds shapes that recur, each as a cluster of its own, and the same ones whenever asked', () => {
    const shaped = withShapes();
    const fitted = fitFeatures(wide, shaped, days);
    const found = discover(fitted, shaped);
    const purest = [0, 1].map((kind) => {
      const { size } = found.clusters;
      const hits = [...size].map((_, k) => {
        const members = [...found.labels.keys()].filter((i) => found.labels[i] === k);
        return members.filter((i) => shaped.series[0]!.day[found.candidates.peak[i]!]! % 2 === kind).length / size[k]!;
      });
      return Math.max(...hits);
    });
    expect(found.clusters.size.length).toBeGreaterThanOrEqual(2);
    expect(Math.min(...purest)).toBeGreaterThan(0.95);
    expect(discover(fitted, shaped)).toEqual(found);
  });

  it('puts every candidate into one of so many round clusters when asked to', () => {
    const found = discover(model, panel, { kMeans: { clusters: 3, seed: 5 } });
    expect(found.clusters.size.reduce((a, b) => a + b)).toBe(found.candidates.row.length);
    expect(found.clusters.size.length).toBe(3);
    expect(discover(model, panel, { kMeans: { clusters: 1e6, seed: 5 } }).clusters.size.length).toBe(0);
  });

  it('finds nothing in too few candidates, and that is a result', () => {
    const found = discover(model, panel, { minCluster: 500 });
    expect(found.clusters.size.length).toBe(0);
    expect(found.labels.every((label) => label === -1)).toBe(true);
  });

  it('refuses days that the features were not fitted on', () => {
    expect(() => discover(model, panel, { days: later })).toThrow(/fitted on days 20000 to 20012/);
  });
});
