/** What the venue refuses at its gate. */
import type { Instrument, Order } from '../model/index.ts';

/** Relative rounding allowed against a minimum. */
const near = 1e-9;

/** Why the order cannot work here, or '' when it can. `reference` is the last price, NaN before the first. */
export function refusal(order: Order, instruments: readonly Instrument[], reference: number): string {
  const terms = instruments[order.instrument];
  if (terms === undefined) return 'unknown instrument';
  if (!(order.quantity > 0) || !Number.isFinite(order.quantity)) return 'quantity is not positive';
  if (!hasFinitePrices(order)) return 'price is not finite';
  if (order.kind === 'limit' && order.display !== undefined && !(order.display > 0)) return 'display is not positive';
  if (order.kind === 'limit' && order.postOnly === true && isImmediate(order)) return 'post-only cannot be immediate';
  if (order.reduceOnly) return '';
  if (order.quantity < terms.minQuantity * (1 - near)) return 'below the least quantity';
  const price = order.kind === 'limit' || order.kind === 'stop-limit' ? order.price : reference;
  if (order.quantity * price * terms.multiplier < terms.minNotional * (1 - near)) return 'below the least notional';
  return '';
}

function isImmediate(order: Order): boolean {
  return order.timeInForce === 'IOC' || order.timeInForce === 'FOK';
}

function hasFinitePrices(order: Order): boolean {
  switch (order.kind) {
    case 'market':
      return true;
    case 'limit':
      return Number.isFinite(order.price);
    case 'stop':
    case 'take-profit':
      return Number.isFinite(order.trigger);
    case 'stop-limit':
      return Number.isFinite(order.trigger) && Number.isFinite(order.price);
    case 'trailing-stop': {
      const distance = 'price' in order.offset ? order.offset.price : order.offset.fraction;
      return distance > 0 && Number.isFinite(distance) && Number.isFinite(order.activation ?? 0);
    }
  }
}
