/** How much of an order the account can pay for. */
import { type Account, roundQuantity, TOTAL } from '../portfolio/index.ts';

export type Affordability = {
  /** Money there is for it. */
  readonly budget: number;
  /** Money one unit takes up. */
  readonly perUnit: number;
  /** Money one unit of fee takes up: 1 for cash, the leverage for margin. */
  readonly feeWeight: number;
  readonly wanted: number;
  /** Fee of a fill of `quantity` units; does not fall with it. */
  readonly fee: (quantity: number) => number;
};

/** Steps of the fixed point; each narrows the error by the fee rate. */
const refinements = 4;

/** Largest quantity q <= wanted with q x perUnit + feeWeight x fee(q) <= budget, from below to about 1e-12 for fees proportional to q. */
export function affordableQuantity(terms: Affordability): number {
  const { budget, perUnit, feeWeight, wanted, fee } = terms;
  const cost = (quantity: number) => quantity * perUnit + feeWeight * fee(quantity);
  if (!(perUnit > 0)) return budget > 0 ? wanted : 0;
  if (cost(wanted) <= budget) return wanted;
  let quantity = Math.min(wanted, budget / perUnit);
  for (let step = 0; step < refinements; step += 1) {
    if (!(quantity > 0)) return 0;
    quantity = Math.min(wanted, (budget - feeWeight * fee(quantity)) / perUnit);
  }
  if (cost(quantity) <= budget) return Math.max(quantity, 0);
  quantity = (budget - feeWeight * fee(quantity)) / perUnit;
  while (quantity > 0 && cost(quantity) > budget) quantity *= 1 - 1e-12;
  return Math.max(quantity, 0);
}

/** An order of `quantity` units (side +1 buys, -1 sells) that would trade at `price` while the market stands at `reference`. */
export type Purchase = {
  readonly instrument: number;
  readonly side: number;
  readonly quantity: number;
  readonly price: number;
  readonly reference: number;
  /** Fee of the order if it traded that many units. */
  readonly fee: (quantity: number) => number;
};

/** Buying power for less than this fraction of an order is the rounding left over from the last one. */
const pennies = 1e-9;

/** The signed quantity only shrinks a position of a margin account: no money stands in its way, so that no price is asked for. */
export function isFree(account: Account, instrument: number, quantity: number): boolean {
  const held = account.quantity[instrument]!;
  return account.config.kind === 'margin' && held * quantity < 0 && Math.abs(quantity) <= Math.abs(held);
}

/** The part of `quantity` that closes always goes through; the rest is cut to buying power. Values a margin account at its marks. */
export function affordableUnits(account: Account, purchase: Purchase): number {
  const { instrument, side, quantity, price, reference } = purchase;
  const held = account.quantity[instrument]!;
  const closing = held * side < 0 ? Math.min(Math.abs(held), quantity) : 0;
  const opening = quantity - closing;
  const cash = account.config.kind === 'cash';
  const multiplier = account.instruments[instrument]!.multiplier;
  if (cash && side < 0) {
    const proceeds = closing * price * multiplier - purchase.fee(closing);
    return account.totals[TOTAL.cash]! + proceeds < 0 ? 0 : closing;
  }
  if (opening <= 0) return quantity;
  if (!cash) account.value();
  const slip = Math.abs(price - reference) * multiplier;
  const worth = reference * multiplier;
  const { leverage } = account.config;
  const equity = account.totals[TOTAL.equity]! - closing * slip;
  const gross = account.totals[TOTAL.gross]! - closing * worth;
  const budget = cash ? account.totals[TOTAL.cash]! : leverage * equity - gross;
  const perUnit = cash ? price * multiplier : worth + leverage * slip;
  const feeWeight = cash ? 1 : leverage;
  if (perUnit > 0 && opening * perUnit + feeWeight * purchase.fee(closing + opening) <= budget) return quantity;
  const fee = (opened: number): number => purchase.fee(closing + opened);
  const opened = affordableQuantity({ budget, perUnit, feeWeight, wanted: opening, fee });
  if (opened >= opening) return quantity;
  if (opened <= pennies * opening) return closing;
  const terms = account.instruments[instrument]!;
  return closing > 0 ? closing + wholeLots(terms.lotSize, opened) : roundQuantity(terms, opened, price);
}

/** Down to the lot size, safe against binary fractions. */
export function wholeLots(lot: number, quantity: number): number {
  if (!(quantity > 0)) return 0;
  return lot > 0 ? Math.floor(quantity / lot + 1e-9) * lot : quantity;
}
