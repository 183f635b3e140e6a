/** Trades on a page: price chart with an instrument to choose, and the table that sorts, filters and pages. */

import { priceChartOf } from '../charts.ts';
import { escapeHtml } from '../escape.ts';
import type { RunView } from '../run-view.ts';
import { drawTradeRows, type TradeRow, tradeColumns } from '../trade-rows.ts';
import { figure, rangeTools } from './figure.ts';

/** Trades carried by one page; a run with more shows its latest. */
const MOST_TRADES = 25_000;
export const ROWS_PER_PAGE = 50;

export function tradeRows(view: RunView): TradeRow[] {
  return view.result.trades
    .slice(-MOST_TRADES)
    .map(({ grossPnl: _, fees, borrow, ...trade }) => ({ ...trade, costs: fees + borrow }));
}

export function priceSection(view: RunView): string {
  const symbols = view.bars.map((bars) => bars.instrument.symbol);
  const first = symbols[0];
  const chart = first === undefined ? undefined : priceChartOf(view, first);
  if (chart === undefined) return '';
  const options = symbols.map((symbol, i) => `<option value="${i}">${escapeHtml(symbol)}</option>`).join('');
  const tools = `<label class="small soft">Instrument <select id="instrument">${options}</select></label> ${rangeTools}`;
  return figure(chart, { id: 'price', height: 380, tools });
}

export function tradeTable(view: RunView): string {
  const total = view.result.trades.length;
  if (total === 0) return '<p class="card soft">No trades were made.</p>';
  const rows = tradeRows(view);
  const head = tradeColumns
    .map(
      (column) =>
        `<th scope="col" title="${escapeHtml(column.help)}"${column.key === 'id' ? ' aria-sort="ascending"' : ''}><button type="button" data-sort="${column.key}">${escapeHtml(column.title)}</button></th>`,
    )
    .join('');
  const cut = total > rows.length ? ` The latest ${rows.length} of ${total} are listed.` : '';
  return (
    '<div class="card"><div class="bar-row" id="trade-tools" hidden>' +
    '<input id="trade-text" type="search" placeholder="Instrument, tag or date" aria-label="Filter trades by instrument, tag or date">' +
    '<select id="trade-side" aria-label="Side"><option value="">both sides</option><option value="long">long</option><option value="short">short</option></select>' +
    '<select id="trade-outcome" aria-label="Outcome"><option value="">all outcomes</option><option value="win">winners</option><option value="loss">losers</option><option value="open">open</option></select>' +
    '<span id="trade-count" class="soft small" role="status"></span>' +
    '<span class="end"><button type="button" id="trade-previous">Previous</button> <span id="trade-page" class="soft small"></span> <button type="button" id="trade-next">Next</button></span></div>' +
    `<div class="scroll"><table class="trades" id="trades"><thead><tr>${head}</tr></thead><tbody>${drawTradeRows(rows.slice(0, ROWS_PER_PAGE))}</tbody></table></div>` +
    `<p class="soft small" id="trade-note">${total > ROWS_PER_PAGE ? `The first ${ROWS_PER_PAGE} of ${total} trades; scripts are needed to page.` : ''}${cut}</p></div>`
  );
}
