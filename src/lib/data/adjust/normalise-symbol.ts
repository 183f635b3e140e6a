/** One spelling for what sources spell differently: BASE/QUOTE, BASE/QUOTE:SETTLE for a perpetual, a bare ticker for a stock. */

const stables = ['USDT', 'USDC', 'FDUSD', 'BUSD', 'TUSD', 'DAI'];
const fiats = [
  'USD',
  'EUR',
  'GBP',
  'JPY',
  'KRW',
  'CHF',
  'CAD',
  'AUD',
  'NZD',
  'CNY',
  'HKD',
  'SGD',
  'SEK',
  'NOK',
  'TRY',
  'BRL',
  'MXN',
  'INR',
  'ZAR',
];
const coins = ['BTC', 'ETH', 'BNB'];
/** Longest first, so that FDUSD is found before USD. */
const quotes = [...stables, ...fiats, ...coins].sort((a, b) => b.length - a.length);
const money = new Set([...stables, ...fiats]);
const aliases: Readonly<Record<string, string>> = { XBT: 'BTC' };
const perpetual = /[-_](?:SWAP|PERPETUAL|PERP)$/;

export type SymbolOptions = {
  /** `quote-first` for markets such as Upbit's `BTC-ETH`, which is ETH priced in BTC. Without it, money before a coin is taken for the quote. */
  readonly order?: 'base-first' | 'quote-first';
  /** The source lists perpetuals under the bare pair, as Binance USD-M does. */
  readonly perpetual?: boolean;
};

/**
 * `BTCUSDT`, `btc-usdt`, `BTC_USDT` and `USDT-BTC` are `BTC/USDT`; `BTC-USDT-SWAP` and `BTC/USDT:USDT` are `BTC/USDT:USDT`; `KRW-BTC` is `BTC/KRW`;
 * `USDKRW` is `USD/KRW`; `XBT/USD` is `BTC/USD`. Anything else, such as `AAPL` or `BRK.B`, is a ticker in upper case.
 */
export function normaliseSymbol(text: string, options: SymbolOptions = {}): string {
  const upper = text.trim().toUpperCase();
  const [pair, settle] = upper.replace(perpetual, '').split(':');
  const parts = splitPair(pair ?? '', options.order);
  if (parts === undefined) return upper;
  const [base, quote] = parts.map((part) => aliases[part] ?? part);
  const swap = settle ?? (perpetual.test(upper) || options.perpetual === true ? quote : undefined);
  return `${base}/${quote}${swap === undefined ? '' : `:${aliases[swap] ?? swap}`}`;
}

function splitPair(pair: string, order: SymbolOptions['order']): [string, string] | undefined {
  const separated = /^([A-Z0-9]+)([-_/])([A-Z0-9]+)$/.exec(pair);
  if (separated === null) return order === undefined || order === 'base-first' ? bySuffix(pair) : undefined;
  const [, left, separator, right] = separated;
  // A dash also marks share classes (BRK-B): without a known quote on either side it is no pair.
  const known = quotes.includes(left!) || quotes.includes(right!) || right === 'XBT' || separator === '/';
  if (!known) return undefined;
  const reversed =
    order === 'quote-first' || (order === undefined && separator === '-' && money.has(left!) && !money.has(right!));
  return reversed ? [right!, left!] : [left!, right!];
}

/** `BTCUSDT`: crypto pairs by their quote, currency pairs when both halves are currencies. A ticker that merely ends in USD-like letters needs a base of two letters or more. */
function bySuffix(pair: string): [string, string] | undefined {
  if (!/^[A-Z0-9]+$/.test(pair)) return undefined;
  const quote = quotes.find((each) => pair.endsWith(each) && pair.length >= each.length + 2);
  if (quote === undefined) return undefined;
  const base = pair.slice(0, -quote.length);
  // Five letters or fewer with a short quote are rather a ticker than a pair.
  return pair.length >= 6 ? [base, quote] : undefined;
}
