/** A study as text for a terminal. */
import { plainLine } from '../escape.ts';
import { formatDay, formatNumber } from '../format.ts';
import { formatMetric, metricOf } from '../headline.ts';
import { createInk, fit, type Ink, padEnd, padStart, type TerminalOptions, wrapText } from '../terminal/style.ts';
import type { StudyTrial, StudyView } from './study-view.ts';
import { paramsText, validationLines } from './validation-lines.ts';

const TOP = 10;

export type StudyTerminalOptions = TerminalOptions & {
  /** Rows of the table; 10 when left out. */ readonly top?: number;
};

/** The summary of a study, ready to print, without a final line break. */
export function renderStudyTerminal(view: StudyView, options: StudyTerminalOptions = {}): string {
  const ink = createInk(options);
  return [
    header(view, ink),
    topTable(view, ink, options.top ?? TOP),
    frontTable(view, ink),
    failureLines(view, ink),
    trialLines(view, ink),
    ...validationLines(view, ink),
    adviceLines(view, ink),
  ]
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
}

function header(view: StudyView, ink: Ink): string[] {
  const { dataset, counts } = view;
  const dot = ink.unicode ? ' · ' : ' | ';
  const label = dataset.synthetic ? 'SYNTHETIC DATA' : '';
  const line = (text: string): string => fit(plainLine(text), ink.width, ink.unicode);
  const symbols = dataset.symbols.length > 5 ? `${dataset.symbols.length} instruments` : dataset.symbols.join(' ');
  return [
    padEnd(
      ink.bold(`${plainLine(view.strategy)}, ${counts.trials} parameter sets by ${view.method}`),
      ink.width - label.length,
    ) + ink.warn(label),
    line(view.space.map(({ name, values }) => `${name} ${values}`).join(dot)),
    ink.dim(
      line(
        [dataset.name, dataset.timeframe, symbols, `${formatDay(view.from - 1)} to ${formatDay(view.to - 1)}`].join(
          dot,
        ),
      ),
    ),
    ink.dim(
      line(
        [
          `best by ${view.objective}`,
          ...(view.where.length === 0 ? [] : [`where ${view.where.join(' and ')}`]),
          `${view.engine} engine`,
          `study ${view.id}`,
        ].join(dot),
      ),
    ),
  ];
}

type Cell = { readonly title: string; readonly text: (trial: StudyTrial, rank: number) => string };

const shownFigures = ['sharpe', 'cagr', 'maxDrawdown', 'trades'] as const;
const shortTitles: Readonly<Record<string, string>> = {
  sharpe: 'Sharpe',
  cagr: 'CAGR',
  maxDrawdown: 'max DD',
  trades: 'trades',
};

/** Sharpe never stands without its deflated value. */
function columns(view: StudyView): readonly Cell[] {
  const asked = view.objective
    .split(',')
    .map((term) => term.replace(/^[+-]/, '').replace(/=.*$/, ''))
    .filter((key) => !shownFigures.some((shown) => shown === key));
  return [
    { title: '#', text: (_, rank) => String(rank) },
    ...view.space.map(({ name }): Cell => ({ title: name, text: ({ params }) => plainLine(String(params[name])) })),
    ...(view.objective.includes(',')
      ? [{ title: 'score', text: ({ score }: StudyTrial) => formatNumber(score, 3) }]
      : []),
    ...[...asked, ...shownFigures].flatMap((key): Cell[] => {
      const cell: Cell = {
        title: shortTitles[key] ?? key,
        text: ({ figures }) => formatMetric(metricOf(key), figures[key] ?? Number.NaN),
      };
      const deflated: Cell = { title: 'deflated', text: ({ dsr }) => formatNumber(dsr, 2) };
      return key === 'sharpe' ? [cell, deflated] : [cell];
    }),
  ];
}

function table(rows: readonly StudyTrial[], view: StudyView, ink: Ink): string[] {
  const cells = columns(view);
  const texts = rows.map((trial, k) => cells.map(({ text }) => text(trial, k + 1)));
  const widths = cells.map(({ title }, c) => Math.max(title.length, ...texts.map((row) => row[c]!.length)));
  const line = (row: readonly string[]): string => row.map((text, c) => padStart(text, widths[c]!)).join('  ');
  return [
    ink.dim(line(cells.map(({ title }) => title))),
    ...texts.map((row, k) => (k === 0 ? ink.bold(line(row)) : line(row))),
  ];
}

function topTable(view: StudyView, ink: Ink, top: number): string[] {
  return view.top.length === 0 ? ['no parameter set has a score yet'] : table(view.top.slice(0, top), view, ink);
}

function frontTable(view: StudyView, ink: Ink): string[] {
  if (view.pareto === undefined) return [];
  const { objective, front } = view.pareto;
  const more = front.length - TOP;
  return [
    ink.bold(`Pareto front of ${objective}: ${front.length} sets that none beats in everything`),
    ...table(front.slice(0, TOP), view, ink),
    ...(more > 0 ? [ink.dim(`${more} more in the report`)] : []),
  ];
}

function failureLines(view: StudyView, ink: Ink): string[] {
  const { failed } = view.counts;
  const first = view.failures[0];
  if (failed === 0 || first === undefined) return [];
  return wrapText(
    plainLine(
      `${failed} of ${view.counts.trials} sets failed, the first with ${paramsText(first.params)}: ${first.message}`,
    ),
    ink.width,
  ).map((line) => ink.warn(line));
}

function adviceLines({ advice = [] }: StudyView, ink: Ink): string[] {
  if (advice.length === 0) return [];
  return [ink.bold('What to try'), ...advice.flatMap((text) => wrapText(plainLine(text), ink.width))];
}

function trialLines(view: StudyView, ink: Ink): string[] {
  const { count } = view.evidence;
  return wrapText(
    `deflated: chance that the Sharpe ratio is more than the luck of the ${formatNumber(count, 0)} ${count === 1 ? 'set' : 'sets'} ever tried of ${plainLine(view.strategy)} on ${plainLine(view.dataset.name)}, each counted as one; the verdict counts sets that move together as fewer.`,
    ink.width,
  ).map(ink.dim);
}
