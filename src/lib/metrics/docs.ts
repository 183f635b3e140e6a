/** The catalog as a page of documentation. */

import type { MetricGroup } from './catalog/entry.ts';
import { type Metric, metricCatalog } from './catalog.ts';

const groupTitles: Readonly<Record<MetricGroup, string>> = {
  return: 'Return',
  risk: 'Risk',
  'risk-adjusted': 'Risk-adjusted',
  drawdown: 'Drawdown',
  trades: 'Trades',
  exposure: 'Exposure and turnover',
  costs: 'Costs',
  benchmark: 'Against a benchmark',
  significance: 'Significance',
};

const conventions = `# Metrics

<!-- Generated from the metrics catalog; do not edit. -->

Every run reports these ${metricCatalog.length} metrics under their keys (\`metrics\` in JSON). A metric that is undefined is missing (NaN in the library, null in JSON),
never infinite: a ratio to zero, a statistic of too few values, a benchmark figure without a benchmark.

**Periods.** r is the simple return of one period. Curves with rows closer than a day are sampled at the last row of each UTC day first; daily and slower curves are
used as they are. The first return starts at the initial cash. Drawdown and exposure use every row, intraday rows included, unless the formula says otherwise.

**Periods a year**, unless given, follow from the median spacing of the rows: 252 for daily rows in five-day weeks (fewer than 300 rows a calendar year), 365 for daily rows
in seven-day weeks, 52 weekly, 12 monthly, 4 quarterly, 1 yearly, otherwise 365.25 / days between rows. CAGR uses calendar time.

**Calendar.** A value known at midnight UTC belongs to the day, week (Monday first), month and year that end there.

**Signs.** Losses, drawdowns, VaR and expected shortfall are returns: negative. Costs are positive when paid.

**Bad rows.** Rows whose time or equity is not finite are left out and counted (\`missingRows\`). After the first equity of zero or less nothing follows: the account is ruined.

rf is the risk-free return of one period, (1 + annual rate)^(1 / periods a year) - 1, or the annual rate where the formula is annual. sd is the sample standard deviation
(divisor n - 1); values that differ only by rounding have none. z is the standard normal quantile, Phi its distribution function.
`;

/** Markdown for docs/metrics.md: conventions, then key, title, unit, direction, formula and source of each metric by group. */
export function renderMetricDocs(): string {
  const sections: string[] = [conventions];
  for (const [group, title] of Object.entries(groupTitles)) {
    const rows = metricCatalog.filter((metric) => metric.group === group).map(row);
    sections.push(
      `## ${title}\n\n| key | metric | unit | better | formula | source |\n| --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`,
    );
  }
  return sections.join('\n');
}

function row({ key, title, unit, better, formula, source }: Metric): string {
  const cells = [`\`${key}\``, title, unit, better, formula, source];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
