/** A finished run as text for a terminal. */

import { drawdownSeries } from '../../metrics/index.ts';
import { plainLine } from '../escape.ts';
import { formatDay, formatMoney, formatPercent } from '../format.ts';
import { type Figure, figureGroups } from '../headline.ts';
import { insights } from '../insights/insights.ts';
import type { RunView } from '../run-view.ts';
import { calendarReturns } from '../series.ts';
import { warnings } from '../warnings.ts';
import { linePlot, sparkline } from './plot.ts';
import { createInk, fit, type Ink, noticeLines, padEnd, padStart, type TerminalOptions } from './style.ts';
import { insightLines, monthlyLines } from './tables.ts';

/** The summary of a run, ready to print, without a final line break. Lines are at most `width` characters (80). */
export function renderTerminal(view: RunView, options: TerminalOptions = {}): string {
  const ink = createInk(options);
  return [
    header(view, ink),
    figures(view, ink),
    equityPlot(view, ink),
    monthlyLines(calendarReturns(view), ink),
    noticeLines(warnings(view), ink),
    insightLines(insights(view), ink),
  ]
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
}

function header(view: RunView, ink: Ink): string[] {
  const { dataset, result } = view;
  const dot = ink.unicode ? ' · ' : ' | ';
  const arrow = ink.unicode ? '→' : 'to';
  const time = result.equity.time;
  const label = dataset.synthetic ? 'SYNTHETIC DATA' : '';
  const name = fit(plainLine(view.strategy), ink.width - label.length - 2, ink.unicode);
  const params = Object.entries(view.params).map(([key, value]) => `${key}=${value}`);
  const line = (text: string): string => fit(plainLine(text), ink.width, ink.unicode);
  return [
    padEnd(ink.bold(name), ink.width - label.length) + ink.warn(label),
    ...(params.length === 0 ? [] : [line(params.join(dot))]),
    ink.dim(line([dataset.name, dataset.timeframe, symbolList(dataset.symbols)].join(dot))),
    ink.dim(
      line(
        `${formatDay((time[0] ?? Number.NaN) - 1)} ${arrow} ${formatDay((time.at(-1) ?? Number.NaN) - 1)}${dot}${view.currency} ` +
          `${formatMoney(result.totals.initial)} ${arrow} ${formatMoney(result.totals.final)}${dot}run ${view.id}`,
      ),
    ),
  ];
}

function symbolList(symbols: readonly string[]): string {
  const shown = symbols.slice(0, 5).join(' ');
  return symbols.length > 5 ? `${symbols.length} instruments` : shown;
}

function figures(view: RunView, ink: Ink): string[] {
  const gap = 4;
  const column = Math.floor((Math.min(ink.width, 100) - gap) / 2);
  const groups = figureGroups(view).map((group) => [
    ink.bold(group.title),
    ...group.figures.map((figure) => {
      const paint = figure.tone === 'good' ? ink.good : figure.tone === 'bad' ? ink.bad : (text: string) => text;
      return figureLine(figure, column, ink, paint);
    }),
  ]);
  const lines: string[] = [];
  for (let i = 0; i < groups.length; i += 2) {
    const left = groups[i] ?? [];
    const right = groups[i + 1] ?? [];
    if (i > 0) lines.push('');
    for (let row = 0; row < Math.max(left.length, right.length); row++) {
      lines.push(`${padEnd(left[row] ?? '', column)}${' '.repeat(gap)}${right[row] ?? ''}`.trimEnd());
    }
  }
  return lines;
}

/** Title, interval in brackets, value: right-aligned. */
function figureLine(figure: Figure, width: number, ink: Ink, paint: (text: string) => string): string {
  const range = figure.interval === '' ? '' : `[${figure.interval}] `;
  const room = width - figure.text.length - range.length;
  const interval = room > figure.title.length ? range : '';
  return padEnd(figure.title, width - figure.text.length - interval.length) + ink.dim(interval) + paint(figure.text);
}

function equityPlot(view: RunView, ink: Ink): string[] {
  const values = view.result.equity.equity;
  if (values.length < 2) return [];
  const high = values.reduce((a, b) => Math.max(a, b));
  const low = values.reduce((a, b) => Math.min(a, b));
  const labels = [high, (high + low) / 2, low].map(formatMoney);
  const margin = Math.max(...labels.map((text) => text.length), 8);
  const width = ink.width - margin - 2;
  const height = 7;
  const plot = linePlot(values, width, height, ink.unicode).map((line, row) => {
    const label = row === 0 ? labels[0] : row === (height - 1) / 2 ? labels[1] : row === height - 1 ? labels[2] : '';
    return `${ink.dim(padStart(label ?? '', margin))} ${ink.unicode ? '│' : '|'}${ink.accent(line)}`;
  });
  const time = view.result.equity.time;
  const from = formatDay(time[0]! - 1);
  const to = formatDay(time.at(-1)! - 1);
  const under = drawdownSeries(values);
  const worst = formatPercent(
    under.reduce((a, b) => Math.min(a, b)),
    1,
  );
  return [
    ink.bold('Equity'),
    ...plot,
    ink.dim(`${' '.repeat(margin + 2)}${padEnd(from, width - to.length)}${to}`),
    `${padStart(worst, margin)} ${ink.unicode ? '│' : '|'}${ink.bad(sparkline(under, width, ink.unicode))}`,
    ink.dim(`${' '.repeat(margin + 2)}drawdown`),
  ];
}
