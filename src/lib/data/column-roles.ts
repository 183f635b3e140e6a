/** Which column of a table plays which part, told from the names that data vendors use. */
import { SigmaError } from '../core/index.ts';

export const columnRoles = ['time', 'clock', 'symbol', 'open', 'high', 'low', 'close', 'volume'] as const;
/** `clock` is the time of day beside a separate date column, which is then `time`. */
export type ColumnRole = (typeof columnRoles)[number];
export type ColumnNames = { readonly [role in ColumnRole]?: string };

export type ColumnLayout =
  /** One row a bar, several instruments told apart by a symbol column if there is one. */
  | {
      readonly kind: 'long';
      readonly columns: ColumnNames;
      readonly closeOnly: boolean;
      /** A column of closes adjusted for splits and dividends, beside the closes that are taken. */
      readonly adjusted?: string;
    }
  /** One row a time and one column of closes an instrument. */
  | { readonly kind: 'wide'; readonly time: string; readonly clock?: string; readonly symbols: readonly string[] };

/** Closes as a holder's returns need them: without the jumps of splits and dividends. */
const adjustedCloses: readonly string[] = ['adjclose', 'adjustedclose', 'closeadj', 'closeadjusted'];

/** In order of preference where a table has several. */
const synonyms: Record<ColumnRole, readonly string[]> = {
  time: [
    ...['opentime', 'timestamp', 'datetime', 'time', 'ts', 'date', 'unix', 'unixtime', 'epoch', 'starttime', 'start'],
    ...['timeutc', 'dateutc', 'datetimeutc', 'timestamputc', 'gmttime', 'candlebegintime', 'timeperiodstart', 'begin'],
    ...['timestampms', 'tradedate', 'tradingday', 'tradingdate', 'day', 'period', 'month', 't', 'dt', 'index'],
  ],
  clock: ['time', 'hour', 'timeofday', 'clock'],
  symbol: [
    'symbol',
    'ticker',
    'pair',
    'instrument',
    'asset',
    'coin',
    'market',
    'sym',
    'tic',
    'code',
    'security',
    'name',
  ],
  open: ['open', 'o', 'openprice', 'priceopen', 'openingprice', 'first'],
  high: ['high', 'h', 'highprice', 'pricehigh', 'max', 'hi', 'tradehigh'],
  low: ['low', 'l', 'lowprice', 'pricelow', 'min', 'lo', 'tradelow'],
  close: [
    ...['close', 'c', 'closeprice', 'priceclose', 'closingprice', 'last', 'closelast', 'price', 'settle'],
    ...adjustedCloses,
    ...['value', 'rate'],
  ],
  volume: [
    'volume',
    'vol',
    'v',
    'volumebase',
    'basevolume',
    'qty',
    'quantity',
    'tradevolume',
    'totalvolume',
    'tickvolume',
  ],
};

/** What a bar has besides its close. */
const prices: ReadonlySet<ColumnRole> = new Set(['open', 'high', 'low']);

/** Lower case letters and digits of a header: `Open Time` and `open_time` are one name. */
export function plainName(header: string): string {
  return header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * The layout of a table.
 * @param numeric says whether a column holds numbers; asked only for columns no role was found for
 * @throws SigmaError data/missing-column when there is no time, no close, or only some of open, high and low
 */
export function detectLayout(
  headers: readonly string[],
  numeric: (header: string) => boolean,
  given: ColumnNames,
  where: string,
): ColumnLayout {
  for (const [role, name] of Object.entries(given)) {
    if (!headers.includes(name)) throw missing(`no column '${name}' for ${role}`, headers, where);
  }
  const taken = new Set(Object.values(given));
  if (taken.size < Object.keys(given).length)
    throw new SigmaError('usage/bad-option', 'one column is named for two roles', {
      where: '--columns',
      hint: 'a file of closes alone needs no open, high and low',
    });
  const columns: { [role in ColumnRole]?: string } = { ...given };
  const find = (role: ColumnRole): void => {
    if (columns[role] !== undefined) return;
    const found = match(headers, role, taken);
    if (found === undefined) return;
    columns[role] = found;
    taken.add(found);
  };
  splitDateAndTime(headers, columns, taken);
  // Open, high and low as traded are of other prices than an adjusted close that was asked for: bars hold closes alone then.
  const closesAlone = isAdjusted(given.close);
  for (const role of columnRoles) if (role !== 'clock' && !(closesAlone && prices.has(role))) find(role);
  if (columns.time === undefined) throw missing('no column of times', headers, where);

  const found = [...prices].filter((role) => columns[role] !== undefined);
  if (columns.close === undefined && found.length === 0) {
    const symbols = headers.filter((h) => h !== columns.time && h !== columns.clock && h !== '' && numeric(h));
    if (symbols.length > 0 && columns.symbol === undefined)
      return { kind: 'wide', time: columns.time, ...(columns.clock && { clock: columns.clock }), symbols };
  }
  if (columns.close === undefined) throw missing('no column of closes', headers, where);
  if (found.length > 0 && found.length < prices.size) {
    const absent = [...prices].filter((role) => columns[role] === undefined);
    throw missing(`no column for ${absent.join(' and ')}`, headers, where);
  }
  const adjusted = isAdjusted(columns.close) ? undefined : headers.find(isAdjusted);
  return { kind: 'long', columns, closeOnly: found.length === 0, ...(adjusted === undefined ? {} : { adjusted }) };
}

function isAdjusted(header: string | undefined): boolean {
  return header !== undefined && adjustedCloses.includes(plainName(header));
}

/** A `date` beside a `time` is one moment in two columns, unless a name of higher rank holds it all. */
function splitDateAndTime(
  headers: readonly string[],
  columns: { [role in ColumnRole]?: string },
  taken: Set<string>,
): void {
  if (columns.time !== undefined) return;
  const named = (...names: string[]): string | undefined => headers.find((h) => names.includes(plainName(h)));
  if (named('opentime', 'timestamp', 'datetime') !== undefined) return;
  const date = named('date', 'day', 'tradedate');
  const clock = columns.clock ?? headers.find((h) => synonyms.clock.includes(plainName(h)));
  if (date === undefined || clock === undefined) return;
  columns.time = date;
  columns.clock = clock;
  taken.add(date).add(clock);
}

function match(headers: readonly string[], role: ColumnRole, taken: ReadonlySet<string>): string | undefined {
  for (const name of synonyms[role]) {
    const found = headers.find((h) => !taken.has(h) && plainName(h) === name);
    if (found !== undefined) return found;
  }
  // `Volume BTC`, `Volume (USD)`: the first of them is in units of the instrument.
  return role === 'volume' ? headers.find((h) => !taken.has(h) && plainName(h).startsWith('volume')) : undefined;
}

function missing(found: string, headers: readonly string[], where: string): SigmaError {
  return new SigmaError('data/missing-column', found, {
    where,
    hint: `the columns are ${headers.join(', ')}; import it with --columns role=name to name the right one`,
  });
}
