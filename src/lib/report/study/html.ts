/** A study as one HTML file that needs nothing but itself. */
import { parameterImportance } from '../../metrics/index.ts';
import type { ColumnChart, LineChart } from '../chart/spec.ts';
import { dataNotes } from '../data-notes.ts';
import { escapeHtml } from '../escape.ts';
import { formatDay, formatNumber, formatPercent } from '../format.ts';
import { figure } from '../html/figure.ts';
import { badgeList, htmlPage, noticeList, type Section, tileList } from '../html/html-page.ts';
import { scrollHint } from '../html/style.ts';
import { dataTable, pairsTable, shareTable } from '../html/table.ts';
import { equityChart, scoreDistribution, stitchedChart } from './charts.ts';
import { heatMap } from './heat-map.ts';
import { parallelCoordinates } from './parallel.ts';
import { cpcvTables, forwardTable, trialsTable, verdictSection } from './sections.ts';
import type { StudyTrials } from './study-trials.ts';
import type { StudyView } from './study-view.ts';
import { efficiencyText, paramsText } from './validation-lines.ts';

const TOP_ROWS = 25;
/** No script draws these charts anew at the width of a phone: they scroll there instead of shrinking. */
const studyStyle = `rect.best{fill:none;stroke:var(--loss);stroke-width:2.5}.plot{cursor:default}@media(max-width:700px){.plot{overflow-x:auto;touch-action:auto;${scrollHint}}.plot svg{min-width:640px}}`;

/** The same study gives the same bytes. @param trials all trials; without them the page has no charts of the space */
export function renderStudyHtml(view: StudyView, trials?: StudyTrials): string {
  const order = trials === undefined ? [] : rankedPlaces(trials.score);
  const sections: readonly Section[] = [
    ['verdict', 'What it may be believed', view.honesty === undefined ? '' : verdictSection(view.honesty)],
    ['growth', 'Best set', chartOf(equityChart(view), 'growth', 340)],
    [
      'best',
      'Best sets',
      `<div class="card">${trialsTable(view, view.top.slice(0, TOP_ROWS), `Best by ${view.objective}`)}</div>`,
    ],
    ['space', 'Parameters', trials === undefined || order.length === 0 ? '' : spaceSection(trials, order)],
    [
      'distribution',
      'Distribution',
      trials === undefined || order.length === 0 ? '' : chartOf(scoreDistribution(view, trials.score), 'scores', 260),
    ],
    [
      'forward',
      'Walk-forward',
      view.walkForward === undefined
        ? ''
        : `${chartOf(stitchedChart(view.walkForward.equity), 'forward', 260)}${forwardTable(view.walkForward)}`,
    ],
    ['cpcv', 'Cross-validation', view.cpcv === undefined ? '' : cpcvTables(view.cpcv)],
    [
      'pareto',
      'Pareto front',
      view.pareto === undefined
        ? ''
        : `<div class="card">${trialsTable(view, view.pareto.front.slice(0, 100), `No set beats these in all of ${view.pareto.objective}`)}</div>`,
    ],
    ['advice', 'What to try', adviceSection(view)],
    ['failures', 'Failed sets', failureSection(view)],
    ['settings', 'Settings', settingsSection(view)],
  ];
  return htmlPage({
    title: `${view.strategy} on ${view.dataset.name}, study`,
    style: studyStyle,
    header: header(view),
    lead: tiles(view) + noticeList(dataNotes(view.dataset)),
    sections,
    origin: `Study ${view.id}.`,
  });
}

function chartOf(chart: LineChart | ColumnChart | undefined, id: string, height: number): string {
  return chart === undefined ? '' : figure(chart, { id, height });
}

function rankedPlaces(score: ArrayLike<number>): readonly number[] {
  return Array.from({ length: score.length }, (_, t) => t)
    .filter((t) => Number.isFinite(score[t]!))
    .sort((a, b) => score[b]! - score[a]! || a - b);
}

function header(view: StudyView): string {
  const { dataset, counts } = view;
  const badges = badgeList([
    ...(dataset.synthetic ? ['SYNTHETIC DATA'] : []),
    ...(view.status === 'partial' ? ['PARTIAL STUDY'] : []),
  ]);
  const symbols = dataset.symbols.length > 6 ? `${dataset.symbols.length} instruments` : dataset.symbols.join(', ');
  const space = view.space
    .map(({ name, values }) => `<li>${escapeHtml(name)} <b>${escapeHtml(values)}</b></li>`)
    .join('');
  return (
    `<header class="top"><h1>${escapeHtml(view.strategy)}: ${formatNumber(counts.trials, 0)} parameter sets${badges}</h1>` +
    `<p class="soft">${escapeHtml(view.description)}</p>` +
    `<p>${escapeHtml(`${dataset.title} (${dataset.name}), ${dataset.timeframe} bars, ${symbols}, ${formatDay(view.from - 1)} to ${formatDay(view.to - 1)}`)}</p>` +
    `<ul class="chips" aria-label="Search space">${space}</ul></header>`
  );
}

function tiles(view: StudyView): string {
  const best = view.top[0];
  const of = (key: string): number => best?.figures[key] ?? Number.NaN;
  const cells: readonly (readonly [title: string, text: string, note: string])[] = [
    ['Verdict', view.honesty?.assessment.verdict.call ?? 'none yet', ''],
    ['Best set', best === undefined ? 'none' : paramsText(best.params), ''],
    ['Sharpe', formatNumber(of('sharpe')), `deflated ${formatNumber(best?.dsr ?? Number.NaN)}`],
    ['CAGR', formatPercent(of('cagr')), ''],
    ['Max drawdown', formatPercent(of('maxDrawdown')), ''],
    ...(view.holdout === undefined
      ? []
      : [
          [
            'Held out',
            `Sharpe ${formatNumber(view.holdout.figures['sharpe'] ?? Number.NaN)}`,
            formatPercent(view.holdout.fraction, 0),
          ] as const,
        ]),
    ...(view.walkForward === undefined
      ? []
      : [
          [
            'Walk-forward',
            `Sharpe ${formatNumber(view.walkForward.figures['sharpe'] ?? Number.NaN)}`,
            efficiencyText(view.walkForward),
          ] as const,
        ]),
    ['Ever tried', `${formatNumber(view.evidence.count, 0)} sets`, 'of this family on this data'],
  ];
  return tileList(cells.map(([title, text, note]) => ({ title, text, note })));
}

function spaceSection(trials: StudyTrials, order: readonly number[]): string {
  const { effects } = parameterImportance({
    names: trials.params.map(({ name }) => name),
    values: trials.params.map(({ values }) => values),
    objective: trials.score,
  });
  const weights = effects.map(({ name, share }) => ({
    k: trials.params.findIndex((p) => p.name === name),
    name,
    share,
  }));
  const best = order[0] ?? -1;
  const [first, second, third] = weights;
  const pairs = [
    [first, second],
    [first, third],
  ].filter((pair) => pair[0] !== undefined && pair[1] !== undefined);
  const maps = pairs
    .map(
      ([x, y]) =>
        `<figure class="card"><figcaption><h3>Mean score by ${escapeHtml(x!.name)} and ${escapeHtml(y!.name)}</h3><span class="soft small">the framed cell holds the best set</span></figcaption><div class="plot">${heatMap(trials, { x: x!.k, y: y!.k, best, width: 1100, height: 380 })}</div></figure>`,
    )
    .join('');
  const lines = `<figure class="card"><figcaption><h3>Parallel coordinates</h3><span class="soft small">yellow is best</span></figcaption><div class="plot">${parallelCoordinates(trials, order, 1100, 340)}</div></figure>`;
  const largest = weights[0]?.share ?? Number.NaN;
  const importance = shareTable(
    'Share of the variance of the score that each parameter explains alone',
    weights.map(({ name, share }) => ({
      label: name,
      text: formatPercent(share, 1),
      share: largest > 0 ? share / largest : 0,
    })),
  );
  return `${maps}${lines}<div class="card">${importance}</div>`;
}

function adviceSection({ advice = [] }: StudyView): string {
  if (advice.length === 0) return '';
  return `<div class="card"><ul>${advice.map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul></div>`;
}

function failureSection(view: StudyView): string {
  if (view.failures.length === 0) return '';
  const rows = view.failures.map(({ params, code, message }) => [paramsText(params), code, message]);
  return `<div class="card wrap">${dataTable(['set', 'code', 'message'], rows, `${view.counts.failed} sets failed; the first ${rows.length}`)}</div>`;
}

function settingsSection(view: StudyView): string {
  const search: readonly (readonly [string, string])[] = [
    ['Method', `${view.method}, at most ${formatNumber(view.budget, 0)} sets`],
    ['Objective', view.objective],
    ...(view.where.length === 0 ? [] : [['Conditions', view.where.join(', ')] as const]),
    ...(Object.keys(view.fixed).length === 0 ? [] : [['Held', paramsText(view.fixed)] as const]),
    ['Engine', `${view.engine}${view.engineReason === '' ? '' : ` (${view.engineReason})`}`],
    ['Search seed', String(view.seed)],
    ['Failed, without score', `${view.counts.failed}, ${view.counts.unscored}`],
    ...(view.halving === undefined
      ? []
      : [
          [
            'Stopped early',
            view.halving.rungs.map(({ tried, periods }) => `${tried} on ${periods} periods`).join(', '),
          ] as const,
        ]),
  ];
  return `<div class="pair"><div class="card">${pairsTable('Search', search)}</div><div class="card">${pairsTable('Runs', view.settings)}</div></div>`;
}
