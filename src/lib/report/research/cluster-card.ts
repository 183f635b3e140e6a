/** One cluster of an atlas: its course per channel, where and when it came, and what came after it. */
import { drawChart } from '../chart/draw.ts';
import type { ColumnChart } from '../chart/spec.ts';
import { escapeHtml } from '../escape.ts';
import { formatMinute, formatNumber, formatPercent } from '../format.ts';
import { dataTable, pairsTable } from '../html/table.ts';
import type { AtlasView, ClusterView, CountBin } from './atlas-view.ts';
import { intervalText } from './interval-text.ts';
import { verdictWords } from './reasons.ts';
import { type RecurringShape, recurringShapes } from './recurring-shapes.ts';
import { plate } from './research-page.ts';
import { drawXy, extentOf } from './xy-chart.ts';

const SMALL = { width: 260, height: 160 };

export function clusterCard(view: AtlasView, cluster: ClusterView): string {
  const { places, leads, result, exemplars } = cluster;
  const shapes = recurringShapes(view, cluster);
  const what = result === undefined ? 'members' : 'alerts';
  const shown = exemplars.map(({ symbol, time }) => `${symbol} ${formatMinute(time)}`).join(', ');
  const plates = [
    columns(`${capital(what)} by time of the session`, places.slots),
    columns(`${capital(what)} by day`, places.days),
    columns(`${capital(what)} by instrument`, places.instruments),
    ...(leads === undefined || result === undefined ? [] : [leadPlate(leads, result, view.horizonRows)]),
  ].join('');
  return (
    `<article class="card cluster" id="cluster-${cluster.cluster}"><h3>Cluster ${cluster.cluster}: ${escapeHtml(cluster.looks)}</h3>` +
    `${verdict(cluster)}<div class="multiples">${multiples(view, cluster, shapes)}</div>` +
    `<p class="soft small">Centroid, and behind it ${exemplars.length} exemplars as they were: ${escapeHtml(shown)}. Robust deviations from usual at that time of day, ${view.windowRows} rows up to the peak.</p>` +
    `${shapeTable(shapes)}<div class="plates">${plates}</div>${result === undefined ? '' : tables(result)}</article>`
  );
}

function verdict({ result, size, radius }: ClusterView): string {
  if (result === undefined) return `<p class="soft">${size} members, radius ${formatNumber(radius)}</p>`;
  const { alerts, rate, interval, lift, survives } = result;
  const figures = `${alerts} alerts out of sample, ${formatPercent(rate, 1)} followed by an event (${intervalText(interval, alerts)}), lift ${formatNumber(lift)}`;
  return `<p><b class="${survives ? 'good' : 'bad'}">${survives ? 'survives' : 'rejected'}</b> <span class="soft">${escapeHtml(figures)}${survives ? '' : `: ${escapeHtml(verdictWords(result))}`}</span></p>`;
}

/** All channels of a cluster on one scale. */
function multiples(
  { channels, windowRows }: AtlasView,
  { course, exemplars }: ClusterView,
  shapes: readonly RecurringShape[],
): string {
  const [low, high] = extentOf([...course.flat(), ...exemplars.flatMap(({ window }) => window.flat())]);
  const first = 1 - windowRows;
  const line = (values: readonly number[]) => values.map((value, n) => [first + n, value] as const);
  const stretch = (channel: string, values: readonly number[]) => {
    const shape = shapes.find((one) => one.channel === channel);
    return shape === undefined ? [] : line(values).filter(([row]) => row >= shape.from && row <= shape.to);
  };
  return channels
    .map((channel, c) => {
      const drawing = drawXy(
        {
          title: `${channel} before the peak`,
          x: { from: first, to: 0, kind: 'number' },
          y: { from: Math.min(0, low), to: Math.max(0, high), unit: 'ratio' },
          lines: [
            { tone: 'warn', points: stretch(channel, course[c]!) },
            { tone: 'accent', points: line(course[c]!) },
            ...exemplars.map(({ window }) => ({ tone: 'muted' as const, faint: true, points: line(window[c]!) })),
            {
              tone: 'muted',
              faint: true,
              points: [
                [first, 0],
                [0, 0],
              ],
            },
          ],
        },
        { width: 270, height: 150 },
      );
      return `<figure><figcaption><h3>${escapeHtml(channel)}</h3></figcaption><div class="plot">${drawing}</div></figure>`;
    })
    .join('');
}

function shapeTable(shapes: readonly RecurringShape[]): string {
  if (shapes.length === 0) return '';
  const rows = shapes.map(({ channel, from, to, own, others }) => [
    channel,
    `${from} to ${to}`,
    formatNumber(own),
    Number.isFinite(others) ? formatNumber(others) : 'none',
  ]);
  const heads = ['channel', 'rows', 'other exemplars', 'other clusters'];
  const note =
    'The stretch of each channel, drawn in the other colour, that is nearest to other exemplars and farthest from those of other clusters: root mean square distance to the nearest stretch, in robust deviations, on average. It describes the cluster and says nothing of what follows it.';
  return `<div class="card inset named">${dataTable(heads, rows, 'What sets it apart')}<p class="soft small">${note}</p></div>`;
}

function columns(title: string, bins: readonly CountBin[], marks: ColumnChart['marks'] = [], note = ''): string {
  const chart: ColumnChart = {
    kind: 'column',
    title,
    unit: 'count',
    labels: bins.map(({ label }) => label),
    values: bins.map(({ count }) => count),
    tone: 'accent',
    marks,
  };
  return plate(title, drawChart(chart, SMALL), note);
}

function leadPlate(
  leads: readonly CountBin[],
  { leadTimes, successes, alerts }: NonNullable<ClusterView['result']>,
  horizonRows: number,
): string {
  const [, median] = leadTimes.quartiles;
  const at = (median / horizonRows) * leads.length;
  const marks = Number.isFinite(at) ? [{ at, label: `median ${formatNumber(median, 0)}`, tone: 'warn' as const }] : [];
  const half = Number.isNaN(leadTimes.median)
    ? `Fewer than half of all alerts had an event within ${horizonRows} rows.`
    : `Half of all alerts had their event within ${formatNumber(leadTimes.median, 0)} rows.`;
  return columns(
    'Rows from alert to event',
    leads,
    marks,
    `${successes} of ${alerts} alerts were followed by one. ${half}`,
  );
}

const sides = { long: 'long', short: 'short', either: 'on the side that loses' } as const;

function tables({ regimes, failures }: NonNullable<ClusterView['result']>): string {
  const byRegime = dataTable(
    ['regime', 'alerts', 'P(success)', '95 %', 'by chance', 'lift'],
    regimes.map(({ regime, alerts, rate, interval, base, lift }) => [
      regime,
      String(alerts),
      formatPercent(rate, 1),
      intervalText(interval, alerts),
      formatPercent(base, 1),
      formatNumber(lift),
    ]),
    'By regime',
  );
  const loss =
    failures === undefined
      ? ''
      : `<div class="card inset wrap">${pairsTable(
          `Alerts without an event: log return over the horizon, ${sides[failures.side]}`,
          [
            ['Counted', formatNumber(failures.count, 0)],
            ['Mean', formatPercent(failures.mean)],
            ['5 % quantile (VaR)', formatPercent(failures.valueAtRisk)],
            ['Mean of the worst 5 % (CVaR)', formatPercent(failures.expectedShortfall)],
          ],
        )}</div>`;
  return `<div class="pair"><div class="card inset named">${byRegime}</div>${loss}</div>`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
