/** A finished run as one HTML file that needs nothing but itself. */
import { columnChartOf, lineChartOf } from '../charts.ts';
import { clientScript } from '../client-script.ts';
import { scriptJson } from '../escape.ts';
import type { RunView } from '../run-view.ts';
import { calendarReturns } from '../series.ts';
import { warnings } from '../warnings.ts';
import { figure, rangeTools } from './figure.ts';
import { htmlPage, noticeList, type Section } from './html-page.ts';
import { commentaryText, insightSection } from './insights.ts';
import { payload } from './payload.ts';
import { costSection, logSection, metricsSection, qualitySection, settingsSection } from './sections.ts';
import { monthlyTable } from './table.ts';
import { header, tiles } from './top.ts';
import { priceSection, tradeTable } from './trades.ts';

/** The same view gives the same bytes: nothing here reads a clock, a host name or a path. */
export function renderHtml(view: RunView): string {
  const sections: readonly Section[] = [
    ['performance', 'Performance', performance(view)],
    ['insights', 'Insights and next steps', insightSection(view)],
    ['returns', 'Returns', returns(view)],
    ['rolling', 'Rolling measures', rollingFigures(view)],
    ['trades-on-price', 'Trades on price', priceSection(view)],
    ['trade-list', 'Trades', tradeTable(view)],
    ['exposure', 'Exposure and costs', `${lineFigure(view, 'exposure', 220)}${costSection(view)}`],
    ['metrics', 'Metrics', metricsSection(view)],
    ['settings', 'Settings', settingsSection(view)],
    ['quality', 'Data quality', qualitySection(view)],
    ['log', 'Log', logSection(view)],
  ];
  return htmlPage({
    title: `${view.strategy} on ${view.dataset.name}`,
    header: header(view),
    lead: [tiles(view), noticeList(warnings(view)), commentaryText(view)].join('\n'),
    sections,
    origin: `Run ${view.id}.`,
    scripts: `<script type="application/json" id="run-data">${scriptJson(payload(view))}</script>
<script>${clientScript}</script>
`,
  });
}

function lineFigure(view: RunView, id: Parameters<typeof lineChartOf>[1], height: number, tools?: string): string {
  const chart = lineChartOf(view, id);
  if (chart === undefined) return '';
  return figure(chart, { id, height, ...(tools === undefined ? {} : { tools }) });
}

function performance(view: RunView): string {
  const log = '<button type="button" data-log aria-pressed="false">Log</button>';
  return lineFigure(view, 'equity', 340, `${rangeTools} ${log}`) + lineFigure(view, 'drawdown', 190);
}

function returns(view: RunView): string {
  const columns = (id: 'yearly' | 'distribution'): string =>
    figure(columnChartOf(view, id), { id, height: 250, width: 540 });
  return `<div class="card">${monthlyTable(calendarReturns(view))}</div><div class="pair">${columns('yearly')}${columns('distribution')}</div>`;
}

function rollingFigures(view: RunView): string {
  return lineFigure(view, 'sharpe', 200) + lineFigure(view, 'volatility', 200) + lineFigure(view, 'beta', 200);
}
