/** Steps of the research as text. */
import type { DatasetSummary, DiscoverySummary, Drift, MadeValidation, Saved } from '../../lib/lab/index.ts';
import { DAY, formatTime } from '../../lib/model/index.ts';
import type { ClusterResult, Precursor, PrecursorArtifact } from '../../lib/research/index.ts';
import { pairs } from './pairs.ts';
import { percent } from './run-summary.ts';
import { table } from './table.ts';

const HASH_DIGITS = 12;
/** Rows of a table of clusters. */
const MOST_CLUSTERS = 20;

export function datasetText({ summary, ...saved }: Saved & { readonly summary: DatasetSummary }): string {
  const { days, events, labels } = summary;
  const span = ({ from, to }: { readonly from: number; readonly to: number }): string =>
    `${formatTime(from * DAY)} to ${formatTime((to - 1) * DAY)}`;
  return [
    pairs([
      ['data set', savedText(saved)],
      ['instruments, rows', `${summary.instruments}, ${summary.rows}`],
      ['discovery', `${span(days.discovery)}: ${events.discovery} events`],
      ['validation', `${span(days.validation)}: ${events.validation} events`],
      ['left out', `${events.purged} events of the embargo, or with labels that end on a day of validation`],
      ['first barrier', `up ${labels.up}, down ${labels.down}, neither ${labels.neither}`],
      ['references', String(summary.references)],
    ]),
    next(`sigma discover ${nameOf(saved)}`),
  ].join('\n');
}

export function discoveryText(
  { summary, ...saved }: Saved & { readonly summary: DiscoverySummary },
  width: number,
): string {
  const { candidates, clusters, noise } = summary;
  const head = pairs([
    ['discovery', savedText(saved)],
    ['candidates', candidates === 0 ? '0' : `${candidates}, of which ${percent(noise)} belong to no cluster`],
    ['clusters', String(clusters.length)],
  ]);
  if (clusters.length === 0)
    return `${head}\n\nNothing recurs here. That is a result: other days, channels or a longer window may show something.`;
  const rows = table(
    clusters.slice(0, MOST_CLUSTERS),
    [
      { title: 'cluster', text: ({ cluster }) => String(cluster), right: true },
      { title: 'members', text: ({ size }) => String(size), right: true },
      { title: 'radius', text: ({ radius }) => radius.toFixed(2), right: true },
      {
        title: 'shown best by',
        text: ({ exemplars }) =>
          exemplars
            .slice(0, 2)
            .map(({ symbol, time }) => `${symbol} ${formatTime(time)}`)
            .join(', '),
        shrink: true,
      },
    ],
    width,
  );
  return [head, '', rows, more(clusters.length), next(`sigma validate ${nameOf(saved)}`)].filter(known).join('\n');
}

export function validationText({ validation, everTested, ...saved }: MadeValidation, width: number): string {
  const { clusters, survivors, tested, budget } = validation;
  const best = [...clusters].sort((a, b) => Number(b.survives) - Number(a.survives) || orLast(a.p) - orLast(b.p));
  const counted =
    everTested === undefined || everTested <= clusters.length
      ? ''
      : `${everTested} tests of clusters were ever made on these data; p is adjusted for the ${tested} of this one alone.`;
  return [
    pairs([
      ['validation', savedText(saved)],
      ['tested', `${tested} of ${clusters.length} clusters had the support`],
      ['survivors', survivors.length === 0 ? 'none' : survivors.join(', ')],
      ...(budget === undefined || survivors.length === 0
        ? []
        : [
            [
              'budget',
              `${budget.perDay} a day: ${budget.taken} taken, ${percent(budget.precision)} followed by an event (${percent(budget.interval.lower)} to ${percent(budget.interval.upper)})`,
            ] as const,
          ]),
    ]),
    '',
    clusterTable(best.slice(0, MOST_CLUSTERS), width),
    more(clusters.length),
    counted,
    survivors.length === 0
      ? '\nNo cluster survived: nothing here is worth an alert. That is a result.'
      : next(`sigma distill ${nameOf(saved)}`),
  ]
    .filter(known)
    .join('\n');
}

function clusterTable(clusters: readonly ClusterResult[], width: number): string {
  return table(
    clusters,
    [
      { title: 'cluster', text: ({ cluster }) => String(cluster), right: true },
      { title: 'alerts', text: ({ alerts }) => String(alerts), right: true },
      { title: 'P(success)', text: ({ rate }) => percent(rate), right: true },
      { title: '95 %', text: ({ interval }) => `${percent(interval.lower)}-${percent(interval.upper)}`, right: true },
      { title: 'lift', text: ({ lift }) => number(lift, 2), right: true },
      { title: 'p', text: ({ p }) => number(p, 3), right: true },
      { title: 'lead', text: ({ leadTimes }) => number(leadTimes.quartiles[1], 0), right: true },
      { title: 'a day', text: ({ alertsPerDay }) => number(alertsPerDay, 1), right: true },
      {
        title: 'verdict',
        text: ({ survives, rejections }) =>
          survives ? 'survives' : `no: ${rejections.map(({ rule }) => rule).join(', ')}`,
        shrink: true,
      },
    ],
    width,
  );
}

export function precursorText({ precursor, ...saved }: Saved & { readonly precursor: PrecursorArtifact }): string {
  const { precursors, gates, budget, agreement, cost, probability } = precursor;
  return [
    pairs([
      ['precursor', savedText(saved)],
      ...precursors.map(
        ({ cluster, looks, promised }) => [`cluster ${cluster}`, `${looks}; ${promiseText(promised)}`] as const,
      ),
      [
        'gates',
        gates.length === 0
          ? 'none earned its place'
          : gates
              .map(({ channel, side, limit }) => `${channel} ${side.replace('-', ' ')} ${number(limit, 2)}`)
              .join(', '),
      ],
      [
        'probability',
        probability.calibration === undefined ? probability.first.kind : `${probability.first.kind}, calibrated`,
      ],
      ['budget', `${budget.perDay} a day from a probability of ${number(budget.threshold, 3)}`],
      ['agreement', `kappa ${number(agreement.kappa, 3)} with all clusters on ${agreement.candidates} candidates`],
      ['size, cost', `${cost.bytes} bytes, ${cost.perRow} operations a row, ${cost.perCandidate} a candidate`],
    ]),
    next(`sigma registry promote ${saved.reference} production`),
  ].join('\n');
}

function promiseText({ alerts, rate, base }: Precursor['promised']): string {
  if (alerts === 0) return 'gives no alerts: none passed gates, threshold and budget';
  return `${percent(rate)} of ${alerts} alerts (chance ${percent(base)})`;
}

export function driftText({ hash, report, counts, synthetic }: Drift, width: number): string {
  const { inputs, precursors, alarms } = report;
  return [
    pairs([
      ['precursor', `${report.artifact} ${hash.slice(0, HASH_DIGITS)}${label(synthetic)}`],
      [
        'alerts',
        `${counts.detections} detections; ${counts.gated} gated, ${counts.unlikely} unlikely, ${counts.overBudget} over the budget`,
      ],
    ]),
    table(
      inputs,
      [
        { title: 'input', text: ({ channel }) => channel },
        { title: 'windows', text: ({ windows }) => String(windows), right: true },
        { title: 'PSI', text: ({ stability }) => number(stability, 3), right: true },
        { title: 'KS', text: ({ distance }) => number(distance, 3), right: true },
        { title: 'verdict', text: ({ verdict }) => verdict },
      ],
      width,
    ),
    table(
      precursors.flatMap(({ cluster, regimes, ...all }) => [
        { what: `cluster ${cluster}`, ...all },
        ...regimes.map(({ regime, ...record }) => ({ what: `  ${regime}`, ...record })),
      ]),
      [
        { title: 'success', text: ({ what }) => what },
        { title: 'alerts', text: ({ alerts }) => String(alerts), right: true },
        { title: 'rate', text: ({ rate }) => percent(rate), right: true },
        { title: 'promised', text: ({ expected }) => percent(expected), right: true },
        { title: 'p', text: ({ p }) => number(p, 3), right: true },
      ],
      width,
    ),
    alarms.length === 0
      ? 'No alarm: nothing says that what was promised no longer holds.'
      : alarms
          .map(
            ({ cluster, successes, alerts, promised, at }) =>
              `ALARM ${formatTime(at)}: cluster ${cluster} had ${successes} successes in its last ${alerts} alerts, ${promised === 0 ? 'none' : percent(promised)} were promised`,
          )
          .join('\n'),
  ].join('\n\n');
}

function savedText({ hash, reference, outcome, synthetic }: Saved): string {
  const known = outcome === 'same' ? ' (was there already)' : '';
  return `${reference} ${hash.slice(0, HASH_DIGITS)}${known}${label(synthetic)}`;
}

function label(synthetic: boolean): string {
  return synthetic ? ', SYNTHETIC DATA' : '';
}

function nameOf({ reference }: Saved): string {
  return reference.slice(0, reference.indexOf('@'));
}

function next(command: string): string {
  return `\nnext: ${command}`;
}

function more(count: number): string {
  return count > MOST_CLUSTERS ? `${count - MOST_CLUSTERS} more; the report and --json have all` : '';
}

function known(line: string, place: number): boolean {
  return line !== '' || place === 1;
}

function orLast(p: number): number {
  return Number.isNaN(p) ? 2 : p;
}

function number(value: number, digits: number): string {
  return Number.isNaN(value) ? 'n/a' : value.toFixed(digits);
}
