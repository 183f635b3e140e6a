/** The trade table: its columns, order and text, the same on the server and in the page. */
import type { TradeRecord } from '../model/index.ts';
import { escapeHtml } from './escape.ts';
import { formatMinute, formatMoney, formatNumber, formatPercent, formatPrice } from './format.ts';

export type TradeRow = Omit<TradeRecord, 'grossPnl' | 'fees' | 'borrow'> & {
  /** Fees, borrow and dividends paid, less those received. */
  readonly costs: number;
};

export type TradeColumn = {
  readonly key: keyof TradeRow;
  readonly title: string;
  readonly help: string;
  readonly text: (row: TradeRow) => string;
  readonly signed?: boolean;
};

const column = (key: keyof TradeRow, title: string, help: string, text: TradeColumn['text'], signed = false) => ({
  key,
  title,
  help,
  text,
  signed,
});

export const tradeColumns: readonly TradeColumn[] = [
  column('id', '#', 'Number of the trade in the run', (r) => String(r.id)),
  column('symbol', 'Instrument', 'Symbol', (r) => r.symbol),
  column('side', 'Side', 'Long or short', (r) => r.side),
  column('entryTime', 'Entry', 'Time of the first fill, UTC', (r) => formatMinute(r.entryTime)),
  column('exitTime', 'Exit', 'Time of the last fill, UTC', (r) =>
    Number.isNaN(r.exitTime) ? 'open' : formatMinute(r.exitTime),
  ),
  column('quantity', 'Quantity', 'Largest position during the trade', (r) =>
    formatNumber(r.quantity, Number.isInteger(r.quantity) ? 0 : 4),
  ),
  column('entryPrice', 'Entry price', 'Mean price of the fills that opened', (r) => formatPrice(r.entryPrice)),
  column('exitPrice', 'Exit price', 'Mean price of the fills that closed, or the last mark', (r) =>
    formatPrice(r.exitPrice),
  ),
  column('pnl', 'Profit', 'After fees, borrow and dividends', (r) => formatMoney(r.pnl), true),
  column('return', 'Return', 'Profit over the entry value', (r) => formatPercent(r.return), true),
  column('bars', 'Bars', 'Bars held', (r) => formatNumber(r.bars, 0)),
  column('adverse', 'Worst', 'Largest move against the entry price while held (MAE)', (r) => formatPercent(r.adverse)),
  column('favourable', 'Best', 'Largest move in favour while held (MFE)', (r) => formatPercent(r.favourable)),
  column('costs', 'Costs', 'Fees and borrow, less dividends', (r) => formatMoney(r.costs)),
  column('tag', 'Tag', 'Text the strategy gave the order', (r) => r.tag),
];

/** Table rows as HTML; a row carries the index of its trade for the page's script. */
export function drawTradeRows(rows: readonly TradeRow[]): string {
  return rows
    .map((row) => {
      const cells = tradeColumns.map((c) => {
        const tone = c.signed === true ? (Number(row[c.key]) >= 0 ? ' class="gain"' : ' class="loss"') : '';
        return `<td${tone}>${escapeHtml(c.text(row))}</td>`;
      });
      return `<tr data-trade="${row.id}" tabindex="-1">${cells.join('')}</tr>`;
    })
    .join('');
}

export type TradeFilter = {
  readonly text: string;
  readonly side: '' | 'long' | 'short';
  readonly outcome: '' | 'win' | 'loss' | 'open';
};

/** Rows whose symbol, tag or entry date contains the text, of the side and outcome asked for. */
export function filterTrades(rows: readonly TradeRow[], filter: TradeFilter): TradeRow[] {
  const text = filter.text.trim().toLowerCase();
  return rows.filter((row) => {
    if (filter.side !== '' && row.side !== filter.side) return false;
    const open = Number.isNaN(row.exitTime);
    if (filter.outcome === 'open' && !open) return false;
    if (filter.outcome === 'win' && (open || row.pnl <= 0)) return false;
    if (filter.outcome === 'loss' && (open || row.pnl > 0)) return false;
    return text === '' || `${row.symbol} ${row.tag} ${formatMinute(row.entryTime)}`.toLowerCase().includes(text);
  });
}

/** Sorted by one column; equal rows keep their order and missing values come last either way. */
export function sortTrades(rows: readonly TradeRow[], key: keyof TradeRow, descending: boolean): TradeRow[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const x = a[key];
    const y = b[key];
    if (typeof x === 'string' || typeof y === 'string') return x === y ? 0 : String(x) < String(y) ? -sign : sign;
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return (x - y) * sign;
  });
}
