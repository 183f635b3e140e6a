/** The small tables and lists of the terminal summary. */
import { plainLine } from '../escape.ts';
import { formatNumber } from '../format.ts';
import type { Insight } from '../insights/insight.ts';
import type { YearReturns } from '../series.ts';
import { type Ink, padStart, wrapText } from './style.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const MOST_YEARS = 8;
const CELL = 4;

/** Returns by month in percent, a decimal below 10; only the years where the line is too short. */
export function monthlyLines(years: readonly YearReturns[], ink: Ink): string[] {
  if (years.length === 0) return [];
  const percent = (value: number, width: number): string => {
    if (Number.isNaN(value)) return ' '.repeat(width);
    const digits = Math.abs(value) >= 0.0995 ? 0 : 1;
    const text = padStart(formatNumber(value * 100, digits), width);
    return value > 0 ? ink.good(text) : value < 0 ? ink.bad(text) : text;
  };
  const left = years.length > MOST_YEARS ? ink.dim(`  latest ${MOST_YEARS} of ${years.length} years`) : '';
  const head = ink.dim(`     ${months.map((name) => padStart(name, CELL + 1)).join('')}   Year`);
  const wide = years.slice(-MOST_YEARS).map((row) => {
    const cells = Array.from(row.months, (value) => ` ${percent(value, CELL)}`).join('');
    return `${padStart(String(row.year), 5)}${cells}${percent(row.total, CELL + 2)}`;
  });
  if (ink.width >= 5 + 12 * (CELL + 1) + CELL + 2) return [`${ink.bold('Monthly returns, %')}${left}`, head, ...wide];
  const narrow = years
    .slice(-MOST_YEARS)
    .map((row) => `${padStart(String(row.year), 5)}${percent(row.total, CELL + 3)}`);
  return [`${ink.bold('Yearly returns, %')}${left}`, ...narrow];
}

const MOST_INSIGHTS = 5;

/** The gravest insights, each with its next step; good news and notes only while there is room. */
export function insightLines(found: readonly Insight[], ink: Ink): string[] {
  if (found.length === 0) return [];
  const mark = { critical: ink.bad('!!'), caution: ink.warn(' !'), note: ink.dim(' -'), good: ink.good(' +') };
  const lines = found.slice(0, MOST_INSIGHTS).flatMap((insight) => {
    const text = wrapText(plainLine(insight.text), ink.width - 3).map((line) => `   ${line}`);
    const next =
      insight.next === undefined ? [] : [`   ${ink.dim('$')} ${ink.accent(plainLine(insight.next.command))}`];
    return [`${mark[insight.severity]} ${ink.bold(plainLine(insight.title))}`, ...text, ...next];
  });
  const more = found.length - MOST_INSIGHTS;
  return [ink.bold('Insights'), ...lines, ...(more > 0 ? [ink.dim(`   ${more} more in the report`)] : [])];
}
