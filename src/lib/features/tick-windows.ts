/** Trades and quotes gathered into windows of fixed length by the time at which they became known: what arrives late counts where it arrived, never before. */

/** A trade or a quote of one instrument, in the order in which it became known. */
export type Tick = {
  /** When it happened, UTC epoch milliseconds. */
  readonly eventTime: number;
  /** When it was known here; never decreasing over a stream. */
  readonly ingestTime: number;
} & (
  | { readonly kind: 'trade'; readonly price: number; readonly quantity: number }
  | { readonly kind: 'quote'; readonly bid: number; readonly ask: number }
);

/** The columns of a tick window, in the order of `TickWindow.values`. */
export const tickChannels = ['return', 'activity', 'spread', 'impact', 'range', 'imbalance', 'delay'] as const;
export type TickChannel = (typeof tickChannels)[number];

/** What a window that has ended says. */
export interface TickWindow {
  /** First instant after the window: from it on its values are known. */
  readonly at: number;
  /**
   * return: log of the last mid over that of the window before (prices of trades where there were no quotes).
   * activity: log(1 + money traded). spread: mean of (ask - bid) / mid over quotes. impact: root of |return| / money traded.
   * range: log of highest over lowest mid. imbalance: (bought - sold) / traded, -1 to 1, by the tick rule against the mid.
   * delay: longest ingest time less event time, milliseconds. NaN where the window has nothing to tell from.
   */
  readonly values: Float64Array;
}

export interface TickWindows {
  /**
   * Takes a tick in. `ended` is called for each window that ended before it, oldest first; its argument is overwritten by the next.
   * A tick known out of order is counted in the window that is open.
   */
  push(tick: Tick, ended: (window: TickWindow) => void): void;
  /** Ends the windows up to an instant, as a clock does when no tick comes. */
  advance(to: number, ended: (window: TickWindow) => void): void;
}

/** @param stepMs length of a window: 5,000, 15,000, 60,000 …; windows start at its multiples */
export function tickWindows(stepMs: number): TickWindows {
  const state = openState();
  const values = new Float64Array(tickChannels.length);
  const window = { at: Number.NaN, values };

  const advance: TickWindows['advance'] = (to, ended) => {
    if (Number.isNaN(window.at)) window.at = Math.floor(to / stepMs) * stepMs + stepMs;
    while (window.at <= to) {
      close(state, values);
      ended(window);
      window.at += stepMs;
    }
  };
  return {
    advance,
    push: (tick, ended) => {
      advance(tick.ingestTime, ended);
      if (tick.kind === 'quote') takeQuote(state, tick.bid, tick.ask);
      else takeTrade(state, tick.price, tick.quantity);
      state.delay = Math.max(state.delay, tick.ingestTime - tick.eventTime);
    },
  };
}

type State = {
  /** Reference price: the mid of the last quote, or the last trade where none was seen. */
  price: number;
  quoted: boolean;
  /** The same at the end of the window before. */
  before: number;
  /** Side of the last trade, for those that print at the mid or at the price before: +1 or -1. */
  side: number;
  lastTrade: number;
  high: number;
  low: number;
  money: number;
  bought: number;
  traded: number;
  spreads: number;
  quotes: number;
  delay: number;
};

function openState(): State {
  return {
    price: Number.NaN,
    quoted: false,
    before: Number.NaN,
    side: 0,
    lastTrade: Number.NaN,
    high: Number.NEGATIVE_INFINITY,
    low: Number.POSITIVE_INFINITY,
    money: 0,
    bought: 0,
    traded: 0,
    spreads: 0,
    quotes: 0,
    delay: Number.NEGATIVE_INFINITY,
  };
}

function takeQuote(s: State, bid: number, ask: number): void {
  const middle = (bid + ask) / 2;
  // A crossed or one-sided book tells no spread and no mid.
  if (!(bid > 0 && ask >= bid)) return;
  s.quoted = true;
  s.spreads += (ask - bid) / middle;
  s.quotes++;
  moveTo(s, middle);
}

/** Buys are above the mid, sells below; at the mid the tick rule decides (Lee and Ready 1991), without its delay of five seconds. */
function takeTrade(s: State, price: number, quantity: number): void {
  if (!(price > 0 && quantity > 0)) return;
  const reference = s.quoted && price !== s.price ? s.price : s.lastTrade;
  if (price > reference) s.side = 1;
  else if (price < reference) s.side = -1;
  s.lastTrade = price;
  s.traded += quantity;
  s.bought += s.side * quantity;
  s.money += price * quantity;
  if (!s.quoted) moveTo(s, price);
}

function moveTo(s: State, price: number): void {
  s.price = price;
  if (price > s.high) s.high = price;
  if (price < s.low) s.low = price;
}

/** Writes the window's values and opens the next. */
function close(s: State, values: Float64Array): void {
  const moved = Math.log(s.price / s.before);
  values[0] = moved;
  values[1] = Math.log1p(s.money);
  values[2] = s.quotes > 0 ? s.spreads / s.quotes : Number.NaN;
  values[3] = s.money > 0 ? Math.sqrt(Math.abs(moved) / s.money) : Number.NaN;
  values[4] = s.high >= s.low ? Math.log(s.high / s.low) : Number.NaN;
  values[5] = s.traded > 0 ? s.bought / s.traded : Number.NaN;
  values[6] = s.delay > Number.NEGATIVE_INFINITY ? s.delay : Number.NaN;
  s.before = s.price;
  s.high = Number.NEGATIVE_INFINITY;
  s.low = Number.POSITIVE_INFINITY;
  s.money = s.bought = s.traded = s.spreads = s.quotes = 0;
  s.delay = Number.NEGATIVE_INFINITY;
}
