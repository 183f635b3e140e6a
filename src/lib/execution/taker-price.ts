/** The price a taker gets: moved against it by half the spread and by slippage, then to the next tick against it. */
import type { Instrument } from '../model/index.ts';
import { roundPrice } from '../portfolio/index.ts';

/**
 * @param side +1 buys, -1 sells
 * @param fraction half spread plus slippage, as a fraction of the price
 * @param bound the limit price that may not be passed; NaN without one
 * @returns may lie outside the bar's range: slippage is a cost, and clamping it would make it vanish on narrow bars
 */
export function takerPrice(
  instrument: Instrument,
  reference: number,
  side: number,
  fraction: number,
  bound: number,
): number {
  const moved = Math.max(reference * (1 + side * fraction), 0);
  const price = roundPrice(instrument, moved, side > 0 ? 'sell' : 'buy');
  if (Number.isNaN(bound)) return price;
  return side > 0 ? Math.min(price, bound) : Math.max(price, bound);
}
