/** The atlas of a discovery as one HTML file: what recurs, which of it survives and why the rest does not. */
import type { DayRange } from '../../features/index.ts';
import { DAY } from '../../model/index.ts';
import type { ClusterResult, Precursor } from '../../research/index.ts';
import { escapeHtml } from '../escape.ts';
import { formatDay, formatNumber, formatPercent } from '../format.ts';
import type { Section, Tile } from '../html/html-page.ts';
import { dataTable, pairsTable } from '../html/table.ts';
import type { AtlasView, ClusterView, PrecursorView } from './atlas-view.ts';
import { clusterCard } from './cluster-card.ts';
import { intervalText } from './interval-text.ts';
import { verdictWords } from './reasons.ts';
import { researchPage } from './research-page.ts';
import { trustSection } from './trust.ts';

/** Clusters that are drawn; the table has all. */
const DRAWN = 24;

/** The same view gives the same bytes. */
export function renderAtlasHtml(view: AtlasView): string {
  const clusters = [...view.clusters].sort(byMerit);
  const drawn = clusters.slice(0, DRAWN);
  const left = clusters.length - drawn.length;
  const sections: readonly Section[] = [
    ['survival', view.validation === undefined ? 'Clusters' : 'What survives', survivalTable(view, clusters)],
    ['precursor', 'Precursor', view.precursor === undefined ? '' : precursorSection(view.precursor)],
    ['trust', 'Calibration and budget', view.trust === undefined ? '' : trustSection(view.trust)],
    [
      'atlas',
      'Atlas',
      `${drawn.map((cluster) => clusterCard(view, cluster)).join('')}${left === 0 ? '' : `<p class="soft">${left} more clusters are in the table above.</p>`}`,
    ],
  ];
  return researchPage({
    title: `${view.name}: ${view.clusters.length} clusters`,
    subtitle:
      view.kind === 'discovery'
        ? 'What recurs in this market, found without a look at any event. Nothing is tested yet.'
        : 'What recurs in this market, found without a look at any event, and what came after it on days that nothing was fitted on.',
    badges: view.synthetic ? ['SYNTHETIC DATA'] : [],
    chips: [
      `${view.data}, ${view.instruments} instruments`,
      `discovery ${span(view.days.discovery)}`,
      `validation ${span(view.days.validation)}`,
      `windows of ${view.windowRows} rows`,
      `success within ${view.horizonRows} rows`,
      view.channels.join(', '),
    ],
    tiles: tiles(view),
    sections,
    origin: `${view.kind} ${view.hash.slice(0, 12)}.`,
  });
}

/** Survivors first, then by how little they look like luck; clusters that could not be tested last. */
function byMerit(a: ClusterView, b: ClusterView): number {
  const rank = ({ result }: ClusterView): number =>
    result === undefined ? 0 : result.survives ? -1 : Number.isNaN(result.p) ? 2 : result.p;
  return rank(a) - rank(b) || (b.result?.statistic || 0) - (a.result?.statistic || 0) || a.cluster - b.cluster;
}

function span({ from, to }: DayRange): string {
  return `${formatDay(from * DAY)} to ${formatDay((to - 1) * DAY)}`;
}

function tiles({ candidates, noise, clusters, validation, trust, precursor }: AtlasView): readonly Tile[] {
  const widest = trust?.budgets.at(-1);
  return [
    { title: 'Candidates', text: formatNumber(candidates, 0), note: `${formatPercent(noise, 1)} in no cluster` },
    { title: 'Clusters', text: String(clusters.length) },
    ...(validation === undefined
      ? []
      : [
          { title: 'Tested', text: String(validation.tested), note: `with ${validation.minSupport} alerts or more` },
          {
            title: 'Survivors',
            text: String(validation.survivors.length),
            note: `where nothing precedes events, any in at most ${formatPercent(validation.level, 0)}`,
          },
        ]),
    ...(widest === undefined
      ? []
      : [
          {
            title: 'Alerts that an event followed',
            text: formatPercent(widest.precision, 1),
            note: `of ${widest.taken} out of sample; by chance ${formatPercent(trust!.base, 1)}`,
          },
        ]),
    ...(precursor === undefined ? [] : [{ title: 'Size', text: `${formatNumber(precursor.bytes, 0)} bytes` }]),
  ];
}

function survivalTable({ validation }: AtlasView, clusters: readonly ClusterView[]): string {
  if (clusters.length === 0)
    return '<p class="card">Nothing recurs here. That is a result: other days, channels or a longer window may show something.</p>';
  if (validation === undefined)
    return `<div class="card told">${dataTable(
      ['cluster', 'members', 'radius', 'looks'],
      clusters.map(({ cluster, size, radius, looks }) => [String(cluster), String(size), formatNumber(radius), looks]),
    )}</div>`;
  const rows = clusters.flatMap(({ result, size }) => (result === undefined ? [] : [resultRow(result, size)]));
  const none =
    validation.survivors.length > 0
      ? ''
      : '<p><b>No cluster survived: nothing here is worth an alert. That is a result.</b></p>';
  const rule = `Lift before is that of the days of discovery, lead the median of rows to the event. A survivor has at least ${validation.minSupport} alerts, a lift of ${formatNumber(validation.minLift, 1)} on both halves, and p at most ${formatNumber(validation.level)}: the share of ${validation.permutations} exchanges of events between the instruments of a day in which the best of all ${validation.tested} tested clusters did as well (Westfall and Young 1993).`;
  const head = [
    ...['cluster', 'members', 'alerts', 'a day', 'P(success)', '95 %', 'by chance', 'lift', 'lift before'],
    ...['p', 'lead', 'verdict'],
  ];
  return `<div class="card told">${none}${dataTable(head, rows)}<p class="soft small">${escapeHtml(rule)}</p></div>`;
}

function resultRow(result: ClusterResult, size: number): readonly string[] {
  const { cluster, alerts, alertsPerDay, rate, interval, base, lift, discovery, p, leadTimes } = result;
  return [
    String(cluster),
    String(size),
    String(alerts),
    formatNumber(alertsPerDay, 1),
    formatPercent(rate, 1),
    intervalText(interval, alerts),
    formatPercent(base, 1),
    formatNumber(lift),
    formatNumber(discovery.lift),
    Number.isNaN(p) ? 'not tested' : formatNumber(p, 3),
    formatNumber(leadTimes.quartiles[1], 0),
    verdictWords(result),
  ];
}

function promiseCells({ alerts, rate, base }: Precursor['promised']): readonly string[] {
  return alerts === 0
    ? ['gives no alerts', '0', 'n/a']
    : [formatPercent(rate, 1), String(alerts), formatPercent(base, 1)];
}

function precursorSection({ precursors, gates, perDay, threshold, kappa }: PrecursorView): string {
  const looks = dataTable(
    ['cluster', 'promised', 'of alerts', 'by chance', 'looks'],
    precursors.map(({ cluster, promised, looks: words }) => [String(cluster), ...promiseCells(promised), words]),
    'Patterns',
  );
  const rules = pairsTable('Rules', [
    ['Alerts', `at most ${perDay} a day from a probability of ${formatNumber(threshold, 3)}`],
    [
      'Gates',
      gates.length === 0
        ? 'none earned its place'
        : gates
            .map(({ channel, side, limit }) => `${channel} ${side.replace('-', ' ')} ${formatNumber(limit)}`)
            .join(', '),
    ],
    ['Agreement with all clusters', `kappa ${formatNumber(kappa, 3)}`],
  ]);
  return `<div class="card told">${looks}</div><div class="card wrap">${rules}</div>`;
}
