/** How much of an order the account can pay for. */

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
