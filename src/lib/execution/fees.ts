/** Fees of a fill. Minimum and cap hold for the order as a whole, so an order filled in parts pays what one fill would have paid. */
import { unreachable } from '../core/index.ts';
import type { Liquidity } from '../model/index.ts';
import type { FeeModel } from './config.ts';

/** Fee of one fill before minimum and cap: `quantity` units, `notional` in currency, both positive. */
export function accruedFee(
  model: FeeModel,
  quantity: number,
  notional: number,
  liquidity: Liquidity,
  first: boolean,
): number {
  switch (model.kind) {
    case 'none':
      return 0;
    case 'bps':
      return (notional * (liquidity === 'maker' ? model.maker : model.taker)) / 10_000;
    case 'per-share':
      return quantity * model.amount + (first ? (model.perOrder ?? 0) : 0);
    case 'per-order':
      return first ? model.amount : 0;
    default:
      return unreachable(model);
  }
}

/** What an order has to have paid in all once `accrued` came together on `notional`; a cap beats a minimum, a rebate has no minimum. */
export function orderFee(model: FeeModel, accrued: number, notional: number): number {
  if (model.kind !== 'bps' && model.kind !== 'per-share') return accrued;
  const minimum = model.minimum ?? Number.NEGATIVE_INFINITY;
  const cap =
    model.kind === 'per-share'
      ? (model.maximumFraction ?? Number.POSITIVE_INFINITY) * notional
      : Number.POSITIVE_INFINITY;
  return Math.min(Math.max(accrued, minimum), cap);
}

/** Fee of a resting order that trades all at once. */
export function makerFee(model: FeeModel, quantity: number, notional: number): number {
  return orderFee(model, accruedFee(model, quantity, notional, 'maker', true), notional);
}

/** Fee of a market order that trades all at once. */
export function takerFee(model: FeeModel, quantity: number, notional: number): number {
  return orderFee(model, accruedFee(model, quantity, notional, 'taker', true), notional);
}
