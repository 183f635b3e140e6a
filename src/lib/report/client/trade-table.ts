/// <reference lib="dom" />
/** Sort, filter and pages of the trade table; only the rows shown are in the document. */
import {
  drawTradeRows,
  filterTrades,
  sortTrades,
  type TradeFilter,
  type TradeRow,
  tradeColumns,
} from '../trade-rows.ts';

function find<T extends HTMLElement>(id: string): T {
  return document.getElementById(id) as T; // the page that carries this script made the element
}

export function liveTradeTable(rows: readonly TradeRow[], perPage: number, onPick: (row: TradeRow) => void): void {
  const table = find<HTMLTableElement>('trades');
  if (table === null) return;
  const body = table.tBodies[0]!;
  const text = find<HTMLInputElement>('trade-text');
  const side = find<HTMLSelectElement>('trade-side');
  const outcome = find<HTMLSelectElement>('trade-outcome');
  const previous = find<HTMLButtonElement>('trade-previous');
  const next = find<HTMLButtonElement>('trade-next');
  let sortKey: keyof TradeRow = 'id';
  let descending = false;
  let page = 0;
  let shown: readonly TradeRow[] = rows;

  const openCount = rows.filter((row) => Number.isNaN(row.exitTime)).length;
  const open = openCount === 0 ? '' : `, ${openCount} open`;

  const draw = (): void => {
    const pages = Math.max(1, Math.ceil(shown.length / perPage));
    page = Math.max(0, Math.min(page, pages - 1));
    body.innerHTML = drawTradeRows(shown.slice(page * perPage, (page + 1) * perPage));
    find('trade-page').textContent = `${page + 1} of ${pages}`;
    find('trade-count').textContent =
      shown.length === rows.length ? `${rows.length} trades${open}` : `${shown.length} of ${rows.length} trades`;
    previous.disabled = page === 0;
    next.disabled = page === pages - 1;
  };
  const select = (): void => {
    const filter: TradeFilter = {
      text: text.value,
      side: side.value === 'long' || side.value === 'short' ? side.value : '',
      outcome: outcome.value === 'win' || outcome.value === 'loss' || outcome.value === 'open' ? outcome.value : '',
    };
    shown = sortTrades(filterTrades(rows, filter), sortKey, descending);
    page = 0;
    draw();
  };
  const turn = (by: number) => (): void => {
    page += by;
    draw();
  };
  const pick = (target: EventTarget | null): void => {
    const id = target instanceof Element ? target.closest('tr')?.dataset['trade'] : undefined;
    const row = rows.find((trade) => String(trade.id) === id);
    if (row !== undefined) onPick(row);
  };

  for (const button of table.querySelectorAll<HTMLButtonElement>('[data-sort]')) {
    button.addEventListener('click', () => {
      const key = tradeColumns.find((column) => column.key === button.dataset['sort'])?.key ?? 'id';
      // The first click on a figure shows the largest first, on a name the alphabet.
      descending = key === sortKey ? !descending : typeof rows[0]?.[key] === 'number' && key !== 'id';
      sortKey = key;
      for (const head of table.querySelectorAll('th')) head.removeAttribute('aria-sort');
      button.closest('th')?.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      select();
    });
  }
  for (const control of [text, side, outcome]) control.addEventListener('input', select);
  previous.addEventListener('click', turn(-1));
  next.addEventListener('click', turn(1));
  body.addEventListener('click', (event) => pick(event.target));
  body.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') pick(event.target);
  });
  find('trade-tools').hidden = false;
  find('trade-note').hidden = rows.length <= perPage || !(find('trade-note').textContent ?? '').includes('latest');
  draw();
}
