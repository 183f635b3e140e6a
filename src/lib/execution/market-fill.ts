/** What a market order gets where it meets the market, under models that look at nothing but the order itself. */
import type { Account } from '../portfolio/index.ts';
import { affordableUnits } from './buying-power.ts';
import type { ExecutionConfig } from './config.ts';
import { takerFee } from './fees.ts';
import { fixedSlippage } from './slippage/fixed.ts';
import { takerPrice } from './taker-price.ts';

/** One market order: `side` +1 buys, -1 sells. */
export type MarketOrder = { readonly instrument: number; readonly side: number; readonly quantity: number };

/** Written by `fillMarket`: units traded (0 when none could be paid for), price, fee, cost against the reference, and whether the order is filled. */
export type MarketFill = { quantity: number; price: number; fee: number; slippage: number; done: boolean };

/** True when a fill depends on neither the volume of the bar nor its history: then `fillMarket` is what the simulated venue does. */
export function fillsAlone({ slippage }: ExecutionConfig): boolean {
  return slippage.kind === 'none' || (slippage.kind === 'fixed' && slippage.volumeLimit === undefined);
}

/** A remainder below this fraction of the order is rounding. */
const dust = 1e-12;

/** What is left of an order is rounding: it is filled. */
export function isDust(remaining: number, ordered: number): boolean {
  return remaining <= dust * ordered;
}

/** Fraction of the price that a taker loses to spread and slippage. */
export function takerFraction({ spreadBps, slippage }: ExecutionConfig): number {
  return spreadBps / 20_000 + (slippage.kind === 'fixed' ? fixedSlippage(slippage.bps) : 0);
}

/**
 * A market order that trades at `reference`, all at once, as a taker: price, buying power, fee. Marks the instrument at
 * the reference; the fill is not applied. Needs `fillsAlone`.
 */
export function fillMarket(
  account: Account,
  execution: ExecutionConfig,
  order: MarketOrder,
  reference: number,
  out: MarketFill,
): void {
  const { instrument, side } = order;
  const terms = account.instruments[instrument]!;
  const { multiplier } = terms;
  account.price[instrument] = reference;
  const price = takerPrice(terms, reference, side, takerFraction(execution), Number.NaN);
  const fee = (units: number): number => takerFee(execution.fees, units, units * price * multiplier);
  const quantity = affordableUnits(account, { instrument, side, quantity: order.quantity, price, reference, fee });
  out.quantity = quantity;
  out.price = price;
  out.fee = quantity > 0 ? fee(quantity) : 0;
  out.done = isDust(order.quantity - quantity, order.quantity);
  out.slippage = side * (price - reference) * quantity * multiplier;
}
