/** What is traded, and the increments and rules its venue puts on an order. */

export type InstrumentKind = 'equity' | 'index' | 'fx' | 'spot' | 'perpetual' | 'future';

export type Instrument = {
  /** Normalised symbol: `AAPL`, `BTC/USDT`, `BTC/USDT:USDT` for the perpetual. */
  readonly symbol: string;
  readonly kind: InstrumentKind;
  /** Currency that prices and profit are in. */
  readonly currency: string;
  /** Smallest price step; 0 means any price. */
  readonly tickSize: number;
  /** Smallest quantity step; 0 means any quantity. */
  readonly lotSize: number;
  readonly minQuantity: number;
  /** Least value of an order in `currency`. */
  readonly minNotional: number;
  /** Value of one unit at price 1. */
  readonly multiplier: number;
};

/** An instrument with the defaults of its kind; equities trade in whole shares unless a lot size is given. */
export function instrument(symbol: string, details: Partial<Omit<Instrument, 'symbol'>> = {}): Instrument {
  const kind = details.kind ?? 'spot';
  return {
    symbol,
    kind,
    currency: details.currency ?? 'USD',
    tickSize: details.tickSize ?? 0,
    lotSize: details.lotSize ?? (kind === 'equity' ? 1 : 0),
    minQuantity: details.minQuantity ?? 0,
    minNotional: details.minNotional ?? 0,
    multiplier: details.multiplier ?? 1,
  };
}
