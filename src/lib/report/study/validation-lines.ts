/** What happened out of sample and what the result may be believed, as lines of a terminal. */
import { median } from '../../statistics/index.ts';
import { dataNotes } from '../data-notes.ts';
import { plainLine } from '../escape.ts';
import { formatDay, formatNumber, formatPercent } from '../format.ts';
import { fit, type Ink, noticeLines, padStart, wrapText } from '../terminal/style.ts';
import type { CpcvView, HoldoutView, StudyView, WalkForwardView } from './study-view.ts';

export function validationLines(view: StudyView, ink: Ink): string[][] {
  return [
    halvingLines(view, ink),
    view.holdout === undefined ? [] : holdoutLines(view.holdout, ink),
    view.walkForward === undefined ? [] : forwardLines(view.walkForward, ink),
    view.cpcv === undefined ? [] : cpcvLines(view.cpcv, ink),
    verdictLines(view, ink),
    noticeLines(dataNotes(view.dataset), ink),
  ];
}

function halvingLines({ halving }: StudyView, ink: Ink): string[] {
  if (halving === undefined) return [];
  const steps = halving.rungs
    .map(({ tried, periods }) => `${tried} on ${formatNumber(periods, 0)} periods`)
    .join(', then ');
  return wrapText(`Stopped early: ${steps}. Only the last are ranked.`, ink.width);
}

function holdoutLines({ figures, span, fraction }: HoldoutView, ink: Ink): string[] {
  const of = (key: string): number => figures[key] ?? Number.NaN;
  return [
    ink.bold(
      `Held out: the last ${formatPercent(fraction, 0)}, ${formatDay(span.from - 1)} to ${formatDay(span.to - 1)}`,
    ),
    `Sharpe ${formatNumber(of('sharpe'))}, CAGR ${formatPercent(of('cagr'))}, max drawdown ${formatPercent(of('maxDrawdown'))}`,
  ];
}

function forwardLines(view: WalkForwardView, ink: Ink): string[] {
  const { windows, spec, figures } = view;
  const of = (values: Readonly<Record<string, number>>, key: string): number => values[key] ?? Number.NaN;
  const head = ['out of sample', 'in-sample Sharpe', 'Sharpe', 'return', 'set'];
  const rows = windows.map((window) => [
    `${formatDay(window.outOfSample.from - 1)} to ${formatDay(window.outOfSample.to - 1)}`,
    formatNumber(window.searchedSharpe ?? Number.NaN),
    formatNumber(of(window.figures, 'sharpe')),
    formatPercent(of(window.figures, 'totalReturn')),
    window.params === undefined ? 'none' : paramsText(window.params),
  ]);
  const widths = head.map((title, c) => Math.max(title.length, ...rows.map((row) => row[c]!.length)));
  const line = (row: readonly string[]): string =>
    row.map((text, c) => (c === row.length - 1 ? text : padStart(text, widths[c]!))).join('  ');
  return [
    ink.bold(`Walk-forward, ${windows.length} ${spec.anchored ? 'anchored' : 'rolling'} windows`),
    ink.dim(line(head)),
    ...rows.map((row) => fit(line(row), ink.width, ink.unicode)),
    ...wrapText(
      `stitched: Sharpe ${formatNumber(of(figures, 'sharpe'))}, CAGR ${formatPercent(of(figures, 'cagr'))}, max drawdown ${formatPercent(of(figures, 'maxDrawdown'))}; ${efficiencyText(view)}`,
      ink.width,
    ),
  ];
}

/** How much of what was searched for is left. */
export function efficiencyText({ efficiency, figures }: Pick<WalkForwardView, 'efficiency' | 'figures'>): string {
  if (!Number.isNaN(efficiency)) return `${formatPercent(efficiency, 0)} of the Sharpe ratio in sample`;
  return Number.isNaN(figures['sharpe'] ?? Number.NaN)
    ? 'no Sharpe ratio to hold against that in sample'
    : 'that in sample was not above 0';
}

function cpcvLines({ paths, spec, splits, candidates, candidatesBy }: CpcvView, ink: Ink): string[] {
  const sharpes = paths.map((path) => path['sharpe'] ?? Number.NaN).sort((a, b) => a - b);
  const above = sharpes.filter((sharpe) => sharpe > 0).length;
  const idle = splits.filter(({ params }) => params === undefined).length;
  return [
    ink.bold(
      `Cross-validation, ${spec.groups} groups, ${spec.tested} tested: ${splits.length} splits, ${paths.length} paths`,
    ),
    ...wrapText(
      `Sharpe of the paths ${formatNumber(sharpes[0] ?? Number.NaN)} to ${formatNumber(sharpes.at(-1) ?? Number.NaN)}, median ${formatNumber(median(Float64Array.from(sharpes)))}, above 0 in ${above} of ${paths.length}` +
        `${candidatesBy === 'lhs' ? `; ${candidates} candidates by Latin hypercube` : ''}. Training periods whose trades reach into tested ones are left out${idle === 0 ? '' : `; in ${idle} of ${splits.length} splits too few remain, and what these test counts as flat`}.`,
      ink.width,
    ),
  ];
}

function verdictLines({ honesty }: StudyView, ink: Ink): string[] {
  if (honesty === undefined) return [];
  const { verdict } = honesty.assessment;
  const mark = { for: ink.good(' +'), open: ink.warn(' ?'), against: ink.bad(' -') };
  const tone = { favourable: ink.good, inconclusive: ink.warn, unfavourable: ink.bad }[verdict.call];
  return [
    ink.bold(`Verdict: ${tone(verdict.call)}`),
    ...verdict.reasons.flatMap(({ speaks, text }) =>
      wrapText(plainLine(text), ink.width - 3).map((line, k) => (k === 0 ? `${mark[speaks]} ${line}` : `   ${line}`)),
    ),
  ];
}

export function paramsText(params: Readonly<Record<string, unknown>>): string {
  return plainLine(
    Object.entries(params)
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(' '),
  );
}
