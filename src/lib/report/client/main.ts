/// <reference lib="dom" />
/** The script of a report page: live charts that zoom together, an instrument to choose, and the trade table. */
import type { Payload } from '../html/payload.ts';
import type { TradeRow } from '../trade-rows.ts';
import { hydrate, type LiveChart } from './hydrate.ts';
import { liveTradeTable } from './trade-table.ts';
import { lineOf, priceOf, tradesOf } from './unpack.ts';

const data = JSON.parse(document.getElementById('run-data')?.textContent ?? '{}') as Payload; // written by payload() into this page
const trades = tradesOf(data.trades);

const lines = new Map<string, LiveChart>();
for (const packed of data.lines) {
  const figure = document.querySelector<HTMLElement>(`[data-chart="${packed.id}"]`);
  if (figure === null) continue;
  const chart = hydrate(figure, lineOf(packed), (from, to) => {
    for (const [id, other] of lines) if (id !== packed.id) other.showTimes(from, to);
  });
  lines.set(packed.id, chart);
}

const priceFigure = document.querySelector<HTMLElement>('[data-chart="price"]');
const select = document.getElementById('instrument');
let showTrade: (trade: TradeRow) => void = () => {};
if (priceFigure !== null && select instanceof HTMLSelectElement && data.prices[0] !== undefined) {
  const title = priceFigure.querySelector('h3');
  const price = hydrate(priceFigure, priceOf(data.prices[0], trades), () => {});
  const choose = (at: number): void => {
    const packed = data.prices[at];
    if (packed === undefined) return;
    select.value = String(at);
    if (title !== null) title.textContent = packed.title;
    price.replace(priceOf(packed, trades));
  };
  select.addEventListener('change', () => choose(Number(select.value)));
  showTrade = (trade) => {
    const at = data.prices.findIndex((packed) => packed.symbol === trade.symbol);
    if (at < 0) return;
    choose(at);
    const end = Number.isNaN(trade.exitTime) ? Number.POSITIVE_INFINITY : trade.exitTime;
    const room = Number.isFinite(end) ? Math.max(end - trade.entryTime, 10 * 86_400_000) : 0;
    price.showTimes(trade.entryTime - Math.max(room, 10 * 86_400_000), end + room);
    priceFigure.scrollIntoView({ block: 'center' });
  };
}
liveTradeTable(trades, data.rowsPerPage, (trade) => showTrade(trade));
