/** The pages of the research, from artifacts of a small planted market. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  atlasOf,
  buildDataset,
  datasetDefaults,
  dayRange,
  makeDiscovery,
  makePrecursor,
  makeValidation,
  measureDrift,
  validationDefaults,
} from '../../src/lib/lab/index.ts';
import { type AtlasView, renderAtlasHtml, renderDriftHtml } from '../../src/lib/report/index.ts';
import { type PlantedLab, plantedLab } from './planted.ts';

let lab: PlantedLab;
let view: AtlasView;
beforeAll(async () => {
  lab = await plantedLab();
  const { context, planted } = lab;
  const everything = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  await buildDataset(
    {
      name: 'planted',
      features: planted.features,
      data: { data: 'planted', range: everything },
      terms: { ...datasetDefaults, rule: { kind: 'given', name: 'events.csv' } },
      given: planted.events,
    },
    context,
  );
  const terms = { minCluster: 8, minSamples: 4, selection: 'leaf' } as const;
  await makeDiscovery({ dataset: 'planted', terms }, context);
  await makeValidation({ discovery: 'planted', terms: validationDefaults }, context);
  await makePrecursor({ validation: 'planted', terms: { name: 'planted', perDay: 5, seed: 1 } }, context);
  view = await atlasOf('planted@validation', context);
});
afterAll(() => lab.remove());

const sectionsOf = (html: string): string[] => [...html.matchAll(/<section id="([\w-]+)"/g)].map((m) => m[1]!);
const sum = (bins: readonly { readonly count: number }[]): number => bins.reduce((n, { count }) => n + count, 0);

/** Holds no number that is none, asks nobody for anything, and runs nothing. */
function expectWhole(html: string): void {
  expect(html).not.toMatch(/NaN|undefined|Infinity|\[object/);
  expect(html).not.toMatch(/<script|(?:src|href)="(?!#|data:,)/);
}

describe('the atlas', () => {
  it('shows what survives, what the rest lacks, and how far the figures can be believed', () => {
    const html = renderAtlasHtml(view);
    expect(sectionsOf(html)).toEqual(['survival', 'trust', 'atlas']);
    expectWhole(html);
    expect(html).toContain('SYNTHETIC DATA');
    expect(html).toMatch(/\d alerts of 15 needed/);
    for (const { cluster } of view.clusters) expect(html).toContain(`id="cluster-${cluster}"`);
  });

  it('has the same bytes whenever it is drawn', async () => {
    expect(renderAtlasHtml(await atlasOf('planted@validation', lab.context))).toBe(renderAtlasHtml(view));
  });

  it('counts each alert once by time, by day and by instrument', () => {
    for (const { places, leads, result } of view.clusters) {
      expect(sum(places.slots)).toBe(sum(places.days));
      expect(sum(places.slots)).toBe(sum(places.instruments));
      // Those of the embargo belong to neither half.
      expect(sum(places.slots)).toBeGreaterThanOrEqual(result!.alerts + result!.discovery.alerts);
      expect(sum(leads!)).toBe(result!.successes);
    }
  });

  it('draws centroids that follow their exemplars', () => {
    const [survivor] = view.validation!.survivors;
    const { course, exemplars } = view.clusters[survivor!]!;
    const mean = course.map((values, c) =>
      values.map((_, n) => exemplars.reduce((total, { window }) => total + window[c]![n]!, 0) / exemplars.length),
    );
    const flat = (rows: readonly (readonly number[])[]): number[] => rows.flat();
    const [a, b] = [flat(course), flat(mean)];
    const dot = (x: readonly number[], y: readonly number[]): number => x.reduce((t, v, i) => t + v * y[i]!, 0);
    // Five windows in noise: not one curve, but plainly the same shape.
    expect(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))).toBeGreaterThan(0.7);
  });

  it('never takes more alerts than a budget allows, and all of them at the last', () => {
    const { budgets, reliability, base } = view.trust!;
    for (const { busiestDay, perDay } of budgets) expect(busiestDay).toBeLessThanOrEqual(perDay);
    const { survivors } = view.validation!;
    const all = survivors.reduce((total, k) => total + view.clusters[k]!.result!.alerts, 0);
    expect(budgets.at(-1)!.taken).toBe(all);
    expect(reliability.reduce((total, { count }) => total + count, 0)).toBe(all);
    expect(budgets.at(-1)!.precision).toBeGreaterThan(base);
  });

  it('of a discovery tells nothing of events, of a precursor tells its rules', async () => {
    const discovery = renderAtlasHtml(await atlasOf('planted@discovery', lab.context));
    expect(sectionsOf(discovery)).toEqual(['survival', 'atlas']);
    expect(discovery).not.toContain('P(success)');
    expectWhole(discovery);
    const precursor = renderAtlasHtml(await atlasOf('planted@candidate', lab.context));
    expect(sectionsOf(precursor)).toEqual(['survival', 'precursor', 'trust', 'atlas']);
    expectWhole(precursor);
  });

  it('of a precursor that gave no alert says so instead of a rate', async () => {
    const view = await atlasOf('planted@candidate', lab.context);
    const precursor = view.precursor!;
    const precursors = precursor.precursors.map((own) => ({ ...own, promised: { alerts: 0, rate: 0, base: 0 } }));
    const html = renderAtlasHtml({ ...view, precursor: { ...precursor, precursors } });
    expect(html.split('gives no alerts').length - 1).toBe(precursors.length);
  });

  it('of nothing found is still a page', () => {
    const { trust: _, ...rest } = view;
    const html = renderAtlasHtml({
      ...rest,
      clusters: [],
      candidates: 0,
      noise: Number.NaN,
      validation: { ...view.validation!, tested: 0, survivors: [] },
    });
    expect(html).toContain('Nothing recurs here');
    expectWhole(html);
  });

  it('is refused for what has no page', async () => {
    await expect(atlasOf('planted@dataset', lab.context)).rejects.toThrow('kind dataset has no page');
    await expect(atlasOf('planted@nothing', lab.context)).rejects.toThrow("no artifact 'planted@nothing'");
  });
});

describe('the drift page', () => {
  it('holds inputs and success against what was frozen and promised', async () => {
    const { context, planted } = lab;
    const { from, to } = view.days.validation;
    const days = { from, to };
    const drift = await measureDrift({ precursor: 'planted@candidate', days, given: planted.events }, context);
    const html = renderDriftHtml(drift);
    expect(sectionsOf(html)).toEqual(['alarms', 'success', 'inputs']);
    expectWhole(html);
    expect(renderDriftHtml(drift)).toBe(html);
    for (const { bins, windows } of drift.report.inputs) {
      expect(bins.now.length).toBe(bins.edges.length + 1);
      expect(bins.now.reduce((n, count) => n + count, 0)).toBe(windows);
    }
    for (const { alerted, alerts, successes } of drift.report.precursors) {
      expect(alerted.length).toBe(alerts);
      expect(alerted.filter(({ success }) => success).length).toBe(successes);
    }
  });

  it('without an alert says so instead of a rate', async () => {
    const { context, planted } = lab;
    const days = dayRange({ from: '2024-05-17', to: '2024-05-17' });
    const drift = await measureDrift({ precursor: 'planted@candidate', days, given: planted.events }, context);
    expect(drift.counts.detections).toBe(0);
    const html = renderDriftHtml(drift);
    expectWhole(html);
    expect(html).toContain('n/a');
  });
});
