/** The drift of a precursor as one HTML file: its inputs against frozen bins, its success against its promise. */

import { DAY } from '../../model/index.ts';
import type { DriftAlarm, InputDrift, PrecursorDrift, SuccessRecord } from '../../research/index.ts';
import { formatDay, formatMinute, formatNumber, formatPercent } from '../format.ts';
import type { Section } from '../html/html-page.ts';
import { dataTable } from '../html/table.ts';
import type { DriftView } from './drift-view.ts';
import { intervalText } from './interval-text.ts';
import { plate, researchPage } from './research-page.ts';
import { drawXy, extentOf, type XyPoint } from './xy-chart.ts';

/** Alerts over which success is averaged, and fewer of them at first, but not so few that one alert is all. */
const TRAILING = 20;
const FEWEST = 5;

/** The same view gives the same bytes. */
export function renderDriftHtml(view: DriftView): string {
  const { report, counts, hash, data, synthetic } = view;
  const { inputs, precursors, alarms } = report;
  const alerts = precursors.reduce((sum, own) => sum + own.alerts, 0);
  const successes = precursors.reduce((sum, own) => sum + own.successes, 0);
  const expected = precursors.reduce((sum, own) => sum + (own.alerts === 0 ? 0 : own.alerts * own.expected), 0);
  const moved = inputs.filter(({ verdict }) => verdict === 'moved' || verdict === 'shifted').length;
  const sections: readonly Section[] = [
    ['alarms', 'Alarms', alarmSection(alarms)],
    ['success', 'Success against promise', successSection(report.precursors, alarms)],
    ['inputs', 'Inputs', inputSection(inputs)],
  ];
  return researchPage({
    title: `${report.artifact}: does it still hold?`,
    subtitle: 'What the precursor was given and what became of its alerts, against what it promised when it was made.',
    badges: [...(synthetic ? ['SYNTHETIC DATA'] : []), ...(report.demote ? ['STEP DOWN'] : [])],
    chips: [data, `${formatDay(report.days.from * DAY)} to ${formatDay((report.days.to - 1) * DAY)}`],
    tiles: [
      { title: 'Verdict', text: report.demote ? 'it should step down' : 'no alarm' },
      { title: 'Resolved alerts', text: String(alerts), note: `of ${counts.detections} detections` },
      {
        title: 'Followed by an event',
        text: formatPercent(successes / alerts, 1),
        note: `promised ${formatPercent(expected / alerts, 1)}`,
      },
      { title: 'Inputs that moved', text: `${moved} of ${inputs.length}` },
      {
        title: 'Not alerted',
        text: String(counts.gated + counts.unlikely + counts.overBudget),
        note: `${counts.gated} gated, ${counts.unlikely} unlikely, ${counts.overBudget} over the budget`,
      },
    ],
    sections,
    origin: `precursor ${hash.slice(0, 12)}.`,
  });
}

function alarmSection(alarms: readonly DriftAlarm[]): string {
  if (alarms.length === 0) return '<p class="card">No alarm: nothing says that what was promised no longer holds.</p>';
  return `<div class="card">${dataTable(
    ['raised', 'cluster', 'successes', 'of the last', 'promised', 'p of so few', 'resolved by then'],
    alarms.map(({ at, cluster, successes, alerts, promised, p, resolved }) => [
      formatMinute(at),
      String(cluster),
      String(successes),
      String(alerts),
      promised === 0 ? 'none' : formatPercent(promised, 1),
      formatNumber(p, 4),
      String(resolved),
    ]),
    'Success decayed: an alarm asks for another artifact',
  )}</div>`;
}

function successSection(precursors: readonly PrecursorDrift[], alarms: readonly DriftAlarm[]): string {
  const plots = precursors
    .filter(({ alerted }) => alerted.length > FEWEST)
    .map((own) =>
      successPlate(
        own,
        alarms.filter(({ cluster }) => cluster === own.cluster),
      ),
    )
    .join('');
  const rows = precursors.flatMap(({ cluster, regimes, ...all }) => [
    recordRow(`cluster ${cluster}`, all),
    ...regimes.map(({ regime, ...record }) => recordRow(`cluster ${cluster}, ${regime}`, record)),
  ]);
  const head = ['', 'alerts', 'successes', 'rate', '95 %', 'promised', 'p of so few', 'Page-Hinkley', 'ADWIN'];
  return `<div class="pair">${plots}</div><div class="card named">${dataTable(head, rows, 'By regime')}<p class="soft small">Page-Hinkley and ADWIN count the alerts at which the mean of success less promise was found to have moved, in either direction.</p></div>`;
}

function recordRow(what: string, record: SuccessRecord): readonly string[] {
  const { alerts, successes, rate, interval, expected, p, pageHinkley, adwin } = record;
  return [
    what,
    String(alerts),
    String(successes),
    formatPercent(rate, 1),
    intervalText(interval, alerts),
    formatPercent(expected, 1),
    formatNumber(p, 3),
    String(pageHinkley.length),
    String(adwin.length),
  ];
}

function successPlate({ cluster, alerted }: PrecursorDrift, alarms: readonly DriftAlarm[]): string {
  const trailing = (of: (k: number) => number): XyPoint[] =>
    alerted.map(({ at }, k) => {
      const first = Math.max(0, k + 1 - TRAILING);
      let sum = 0;
      for (let i = first; i <= k; i++) sum += of(i);
      return [at, k + 1 < FEWEST ? Number.NaN : sum / (k + 1 - first)];
    });
  const drawing = drawXy(
    {
      title: `Success of cluster ${cluster}`,
      x: { from: alerted[0]!.at, to: alerted.at(-1)!.at, kind: 'time' },
      y: { from: 0, to: 1, unit: 'percent' },
      lines: [
        { tone: 'accent', points: trailing((i) => Number(alerted[i]!.success)) },
        { tone: 'muted', points: trailing((i) => alerted[i]!.promised) },
      ],
      marks: alarms.map(({ at }) => ({ x: at, label: 'alarm', tone: 'loss' })),
    },
    { width: 540, height: 240 },
  );
  return plate(
    `Cluster ${cluster}: share of the last ${TRAILING} alerts that an event followed`,
    drawing,
    'Grey: what was promised of the same alerts.',
  );
}

function inputSection(inputs: readonly InputDrift[]): string {
  const plots = inputs.map(inputPlate).join('');
  const rows = inputs.map(({ channel, windows, stability, distance, p, verdict }) => [
    channel,
    String(windows),
    formatNumber(stability, 3),
    formatNumber(distance, 3),
    formatNumber(p, 4),
    verdict,
  ]);
  return `<div class="card named">${dataTable(['channel', 'windows', 'population stability', 'Kolmogorov-Smirnov', 'p', 'verdict'], rows)}<p class="soft small">Stability from 0.1 on is moved, from 0.25 on shifted (Siddiqi 2006). Inputs alone raise no alarm.</p></div><div class="plates">${plots}</div>`;
}

/** The share of windows in each frozen bin, from the lowest to the highest, now and when the artifact was made. */
function inputPlate({ channel, bins, windows }: InputDrift): string {
  const { edges, frozen, now } = bins;
  const before = frozen.reduce((sum, count) => sum + count, 0);
  const shares = now.map((count, k) => ({ k: k + 1, now: count / windows, once: frozen[k]! / before }));
  const level = (k: number): string => (k < edges.length ? `up to ${formatNumber(edges[k]!)}` : 'above');
  const drawing = drawXy(
    {
      title: `${channel} by frozen bins`,
      x: { from: 1, to: Math.max(2, now.length), kind: 'number' },
      y: { from: 0, to: extentOf(shares.flatMap((own) => [own.now, own.once]))[1], unit: 'percent' },
      lines: [
        { tone: 'accent', points: shares.map((own) => [own.k, own.now]) },
        { tone: 'muted', points: shares.map((own) => [own.k, own.once]) },
      ],
      dots: shares.map((own) => ({
        at: [own.k, own.now],
        says: `${level(own.k - 1)}: ${formatPercent(own.now, 1)} now, ${formatPercent(own.once, 1)} then`,
      })),
    },
    { width: 260, height: 160 },
  );
  const ends =
    edges.length === 0
      ? ''
      : ` The lowest bin ends at ${formatNumber(edges[0]!)}, the highest begins at ${formatNumber(edges.at(-1)!)}.`;
  return plate(`${channel}: share of windows by bin`, drawing, `Grey: when it was made.${ends}`);
}
