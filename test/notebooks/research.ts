/** `notebooks/research.ipynb`: from one-minute bars to a precursor, without and with a file of bars. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  atlasOf,
  type DatasetRequest,
  type DiscoverySummary,
  type Drift,
  type Frame,
  generateMarket,
  type LabContext,
  type LibraryRun,
  type MadeValidation,
  type PlantedDataset,
  type PrecursorArtifact,
  renderAtlasHtml,
  renderDriftHtml,
  verdictWords,
  writeParquet,
} from 'sigma-quant';
import { expect, it, vi } from 'vitest';
import { type NotebookTests, notebookPath, type Ran, runCells } from './notebook.ts';

type First = {
  readonly folder: string;
  readonly context: LabContext;
  readonly request: DatasetRequest;
  readonly counts: Frame;
  readonly found: DiscoverySummary;
  readonly clusters: Frame;
  readonly validated: MadeValidation;
};
type Whole = First & {
  readonly planted: PlantedDataset;
  readonly later: number;
  readonly revealed: Frame;
  readonly precursor: PrecursorArtifact;
  readonly run: LibraryRun;
  readonly alerts: Frame;
  readonly byTruth: Frame;
  readonly drift: Drift;
};

const ofFirst = ['folder', 'context', 'request', 'counts', 'found', 'clusters', 'validated'] as const;
const ofRest = ['planted', 'later', 'revealed', 'precursor', 'run', 'alerts', 'byTruth', 'drift'] as const;

export const research: NotebookTests<Whole> = { name: 'research', exported: [...ofFirst, ...ofRest], tests: cells };

const DAY = 86_400_000;
const texts = (table: Frame, name: string): string[] => Array.from<unknown>(table.column(name)).map(String);
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
const printed = ({ shown }: Ran<unknown>): string =>
  shown.map(({ type, text }) => (type === 'text' ? text : '')).join('');
/** The pages that were shown, as a browser reads them out of the attribute. */
const pages = ({ shown }: Ran<unknown>): string[] =>
  shown.flatMap(({ text }) => {
    const quoted = /^<iframe srcdoc="([^"]*)"/.exec(text)?.[1];
    return quoted === undefined ? [] : [quoted.replaceAll('&quot;', '"').replaceAll('&amp;', '&')];
  });

function cells(ran: () => Ran<Whole>): void {
  it('without a file are about the planted market, and tell its events to the data set', () => {
    const { request, counts, planted, later } = ran().values;
    expect(request.name).toBe('planted');
    expect(sum(counts.numbers('events'))).toBe(planted.events.filter(({ time }) => time < later).length);
    expect(planted.dataset.meta.synthetic).toBe(true);
    // Thirty sessions are six weeks.
    expect((later - Date.parse(planted.dataset.meta.from.slice(0, 10))) / DAY).toBe(42);
    expect(printed(ran())).toContain('Synthetic market with planted precursors');
  });

  it('keep every artifact in their folder, once, and promote the last', async () => {
    const { context, precursor, run } = ran().values;
    const kinds = (await context.store.list())
      .map((one) => ('manifest' in one ? one.manifest.kind : one.problem.code))
      .sort();
    // The steps on the planted market are taken twice: the second time makes the same bytes.
    expect(kinds).toEqual(['dataset', 'discovery', 'precursor', 'validation']);
    expect(Object.keys(run.decision.artifacts ?? {})).toEqual(['planted@production']);
    expect(precursor.name).toBe('planted');
  });

  it('show a row for every cluster, with its verdict', () => {
    const { found, clusters, validated, revealed } = ran().values;
    expect([...clusters.numbers('members')]).toEqual(found.clusters.map(({ size }) => size));
    const { clusters: results } = validated.validation;
    expect([...revealed.numbers('p')]).toEqual(results.map(({ p }) => p));
    expect(texts(revealed, 'verdict')).toEqual(results.map(verdictWords));
    expect(validated.everTested).toBe(results.length);
  });

  it('believe A, B, C and R, which preceded events on all days that were looked at, and no decoy', () => {
    const { revealed, validated } = ran().values;
    const survivors = revealed.filter((row) => validated.validation.survivors.includes(row));
    const kinds = texts(survivors, 'truth').map((truth) => new Set(truth.split(' ')));
    for (const kind of kinds) expect(kind.size).toBe(1);
    expect([...new Set(kinds.flatMap((kind) => [...kind]))].sort()).toEqual(['A', 'B', 'C', 'R']);
    const met = texts(revealed, 'truth').join(' ');
    expect(met).toMatch(/D[123]/);
  });

  it('alert within the budget on days after the research, as often right as the market was drawn', () => {
    const { alerts, byTruth, later, precursor } = ran().values;
    const times = alerts.numbers('time');
    expect(Math.min(...times)).toBeGreaterThan(later);
    const perDay = new Map<number, number>();
    for (const time of times) perDay.set(Math.floor(time / DAY), (perDay.get(Math.floor(time / DAY)) ?? 0) + 1);
    expect(Math.max(...perDay.values())).toBeLessThanOrEqual(precursor.budget.perDay);
    const rate = (kind: string): number => {
      const row = texts(byTruth, 'truth').indexOf(kind);
      expect(byTruth.numbers('alerts')[row]).toBeGreaterThan(30);
      return byTruth.numbers('an event followed')[row]!;
    };
    // A, B and C are drawn with .5, .35 and .2 beside background events (chance .08): each lower bound is two standard errors or more of its
    // alerts (some 100) away. R precedes nothing any more.
    expect(rate('A')).toBeGreaterThan(0.4);
    expect(rate('B')).toBeGreaterThan(0.25);
    expect(rate('C')).toBeGreaterThan(0.12);
    expect(rate('R')).toBeLessThan(0.2);
    expect(sum(byTruth.numbers('alerts'))).toBe(alerts.length);
  });

  it('tell of each alert what its strategy logged', () => {
    const { alerts, run } = ran().values;
    const log = [...run.result.log];
    expect(alerts.length).toBe(log.length);
    alerts.toRows().forEach(({ cluster, score, probability, gates, because }, row) => {
      const { message } = log[row]!;
      expect(message).toContain(`precursor ${cluster}: score ${Number(score).toFixed(2)}`);
      expect(message).toContain(`probability ${Number(probability).toFixed(2)}`);
      expect(message.endsWith(`because ${because}`)).toBe(true);
      expect(gates).toBe('none');
    });
  });

  it('raise the alarm of drift for what stopped and for nothing else', () => {
    const { alerts, drift, revealed } = ran().values;
    const { detections, gated, unlikely, overBudget } = drift.counts;
    expect(detections - gated - unlikely - overBudget).toBe(alerts.length);
    // Two ways to the same successes: the log of the strategy against the dated events, and the scored panel.
    const resolved = drift.report.precursors;
    expect(sum(resolved.map((own) => own.alerts))).toBe(alerts.length);
    const followed = texts(alerts, 'event').filter((event) => event === 'yes').length;
    expect(sum(resolved.map(({ successes }) => successes))).toBe(followed);
    const alarmed = new Set(drift.report.alarms.map(({ cluster }) => texts(revealed, 'truth')[cluster]));
    expect([...alarmed]).toEqual(['R R R R R']);
    expect(drift.report.demote).toBe(true);
  });

  it('show the pages of the atlas and of the drift whole', async () => {
    const { context, drift } = ran().values;
    const atlas = renderAtlasHtml(await atlasOf('planted@validation', context));
    expect(pages(ran())).toEqual([atlas, renderDriftHtml(drift)]);
  });

  it('with a file of bars ask it for moves, and say that nothing survives where there is nothing', async () => {
    const file = join(ran().values.folder, 'noise.parquet');
    await writeParquet(file, noise());
    vi.stubEnv('SIGMA_MINUTES', file);
    const first = await runCells<First>(notebookPath('research'), ofFirst, 'atlas-code').finally(() =>
      vi.stubEnv('SIGMA_MINUTES', ''),
    );
    const { request, counts, found, clusters, validated, context, folder } = first.values;
    expect(request.data.data).toBe(file);
    expect(request.terms.rule.kind).toBe('move');
    expect(Math.min(...counts.numbers('events').slice(0, 2))).toBeGreaterThanOrEqual(10);
    expect(clusters.length).toBe(found.clusters.length);
    expect(validated.validation.survivors).toEqual([]);
    expect(printed(first)).toContain('No cluster survives');
    expect(pages(first)).toEqual([renderAtlasHtml(await atlasOf('minutes@validation', context))]);
    rmSync(folder, { recursive: true });
  });
}

/** Six days of six instruments in which nothing precedes anything. */
function noise() {
  const symbols = ['AAA', 'BBB', 'CCC', 'DDD', 'EEE', 'FFF'];
  const assets = symbols.map((symbol) => ({ symbol, price: 100, volatility: 0.8 }));
  return generateMarket({ seed: 1, timeframe: '1m', from: '2025-03-03', to: '2025-03-09', assets }).bars;
}
