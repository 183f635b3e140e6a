/** A finished run as Markdown, for notes, issues and chat. */
import { escapeMarkdown } from './escape.ts';
import { formatDay, formatMoney, formatPercent } from './format.ts';
import { figureGroups } from './headline.ts';
import { commentary } from './insights/commentary.ts';
import { insights } from './insights/insights.ts';
import type { RunView } from './run-view.ts';
import { calendarReturns } from './series.ts';
import { warnings } from './warnings.ts';

export function renderMarkdown(view: RunView): string {
  const { dataset, result } = view;
  const { time } = result.equity;
  const span = `${formatDay((time[0] ?? Number.NaN) - 1)} to ${formatDay((time.at(-1) ?? Number.NaN) - 1)}`;
  const params = Object.entries(view.params).map(([key, value]) => escapeMarkdown(`${key}=${value}`));
  const blocks = [
    `# ${escapeMarkdown(view.strategy)}${dataset.synthetic ? ' (SYNTHETIC DATA)' : ''}`,
    [
      `${escapeMarkdown(dataset.title)}, ${dataset.timeframe}, ${span}, ${view.currency} ${formatMoney(result.totals.initial)} to ${formatMoney(result.totals.final)}.`,
      ...(params.length === 0 ? [] : [`Parameters: ${params.join(', ')}.`]),
      `Run ${escapeMarkdown(view.id)}.`,
    ].join('  \n'),
    escapeMarkdown(commentary(view)),
    warnings(view)
      .map((text) => `- **Note:** ${escapeMarkdown(text)}`)
      .join('\n'),
    ...figureGroups(view).map(
      (group) =>
        `| ${group.title} | |\n| :-- | --: |\n${group.figures
          .map((f) => `| ${escapeMarkdown(f.title)} | ${f.text}${f.interval === '' ? '' : ` (${f.interval})`} |`)
          .join('\n')}`,
    ),
    `| Year | Return |\n| :-- | --: |\n${calendarReturns(view)
      .map((row) => `| ${row.year} | ${formatPercent(row.total)} |`)
      .join('\n')}`,
    '## Insights',
    insights(view)
      .map((insight) => {
        const next = insight.next === undefined ? '' : `\n\n  \`\`\`sh\n  ${insight.next.command}\n  \`\`\``;
        return `- **${escapeMarkdown(insight.title)}** (${insight.severity}). ${escapeMarkdown(insight.text)}${next}`;
      })
      .join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
