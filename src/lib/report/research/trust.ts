/** How far probabilities and budgets can be believed: the reliability curve and the budget curve of the validation days. */
import { formatNumber, formatPercent } from '../format.ts';
import { dataTable } from '../html/table.ts';
import type { TrustView } from './atlas-view.ts';
import { intervalText } from './interval-text.ts';
import { plate } from './research-page.ts';
import { drawXy, type XyChart, type XyPoint } from './xy-chart.ts';

const HALF = { width: 540, height: 280 };

export function trustSection({ source, reliability, brier, budgets, base }: TrustView): string {
  const promised =
    source === 'model'
      ? "Across: the precursor's calibrated probability."
      : 'Across: how often an event followed the cluster on the days of discovery.';
  return (
    `<div class="pair">${plate('Promised against seen', reliabilityCurve(reliability), `${promised} Up: how often one followed out of sample, with its 95 % interval; on the diagonal both agree. Brier score ${formatNumber(brier, 3)}.`)}` +
    `${plate('Precision by alerts a day', budgetCurve(budgets, base), 'First come, first served, from a score fixed on the calibration days. The lower line is what alerts that say nothing would have had.')}</div>` +
    `<div class="card">${budgetTable(budgets)}</div>`
  );
}

const diagonal: readonly XyPoint[] = [
  [0, 0],
  [1, 1],
];

function reliabilityCurve(bins: TrustView['reliability']): string {
  const chart: XyChart = {
    title: 'Reliability curve',
    x: { from: 0, to: 1, kind: 'number' },
    y: { from: 0, to: 1, unit: 'percent' },
    lines: [
      { tone: 'accent', points: bins.map((bin) => [bin.meanProbability, bin.successShare]) },
      { tone: 'muted', points: diagonal },
    ],
    dots: bins.map((bin) => ({
      at: [bin.meanProbability, bin.successShare],
      interval: [bin.interval.lower, bin.interval.upper],
      says: `promised ${formatPercent(bin.meanProbability, 1)}, seen ${formatPercent(bin.successShare, 1)} of ${bin.count} alerts`,
    })),
  };
  return drawXy(chart, HALF);
}

function budgetCurve(budgets: TrustView['budgets'], base: number): string {
  const most = budgets.at(-1)?.perDay ?? 1;
  const highest = budgets.reduce((high, { interval }) => Math.max(high, interval.upper || 0), 0.1);
  const chart: XyChart = {
    title: 'Precision by alerts a day',
    x: { from: 0, to: most, kind: 'number' },
    y: { from: 0, to: highest, unit: 'percent' },
    lines: [
      { tone: 'accent', points: budgets.map(({ perDay, precision }) => [perDay, precision]) },
      {
        tone: 'muted',
        points: [
          [0, base],
          [most, base],
        ],
      },
    ],
    dots: budgets.map(({ perDay, precision, interval, taken }) => ({
      at: [perDay, precision],
      interval: [interval.lower, interval.upper],
      says: `${perDay} a day: ${formatPercent(precision, 1)} of ${taken} alerts`,
    })),
  };
  return drawXy(chart, HALF);
}

function budgetTable(budgets: TrustView['budgets']): string {
  return dataTable(
    ['alerts a day', 'from a score of', 'taken', 'followed by an event', 'precision', '95 %', 'busiest day', 'refused'],
    budgets.map(({ perDay, threshold, taken, successes, precision, interval, busiestDay, refused }) => [
      String(perDay),
      threshold === Number.NEGATIVE_INFINITY ? 'any' : formatNumber(threshold, 3),
      String(taken),
      String(successes),
      formatPercent(precision, 1),
      intervalText(interval, taken),
      String(busiestDay),
      String(refused),
    ]),
  );
}
