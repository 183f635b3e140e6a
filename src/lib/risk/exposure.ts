/** How many units of an order fit under the limits on order value, position weight and leverage. */
import type { Order } from '../model/index.ts';
import { type Account, type AccountConfig, type Pending, TOTAL } from '../portfolio/index.ts';
import type { RiskConfig } from './config.ts';

export type Limit = 'order value' | 'position weight' | 'gross leverage' | 'net leverage';

/** How many units fit, and which limit is the one that binds. */
export type Room = { readonly units: number; readonly limit: Limit };

/** Slack for rounding: an order for exactly the limit fits. */
export const ROOM_SLACK = 1 + 1e-9;

/** Units that may be added to what is held along the order's direction while others are worth `others`. */
export function unitsWithin(
  leverage: number,
  equity: number,
  others: number,
  unitValue: number,
  along: number,
): number {
  return (leverage * equity * ROOM_SLACK - others) / unitValue - along;
}

/** The account's own terms; a cash account does not borrow. */
export function leverageOf({ kind, leverage }: AccountConfig): number {
  return kind === 'cash' ? Math.min(1, leverage) : leverage;
}

/** The tightest limit. `units` may be negative when the account is already beyond one. Errors on the safe side where orders wait. */
export function room(
  config: RiskConfig,
  account: Account,
  order: Order,
  referencePrice: number,
  pending: Pending,
): Room {
  const i = order.instrument;
  const direction = order.side === 'buy' ? 1 : -1;
  const unitValue = worstPrice(order, referencePrice) * account.multiplier[i]!;
  const equity = account.totals[TOTAL.equity]!;
  const held = account.quantity[i]!;
  // What is held already along the order's direction, whether or not the pending orders of this instrument fill.
  const along = Math.max(direction * held, direction * (held + pending.units[i]!));

  const { maxOrderNotional, maxPositionWeight, maxNetLeverage } = config;
  const { gross, net } = worthOfOthers(account, pending, i);
  let limit: Limit = 'order value';
  let units = maxOrderNotional === undefined ? Number.POSITIVE_INFINITY : (maxOrderNotional * ROOM_SLACK) / unitValue;
  const take = (fits: number, name: Limit): void => {
    if (!(fits < units)) return;
    units = fits;
    limit = name;
  };
  if (maxPositionWeight !== undefined)
    take((maxPositionWeight * equity * ROOM_SLACK) / unitValue - along, 'position weight');
  take(unitsWithin(grossLimit(config, account), equity, gross, unitValue, along), 'gross leverage');
  if (maxNetLeverage !== undefined)
    take((maxNetLeverage * equity * ROOM_SLACK - direction * net) / unitValue - along, 'net leverage');
  return { units, limit };
}

/** The limit in words, for the reason of an order that it cut or refused. */
export function inWords(limit: Limit, config: RiskConfig, account: Account): string {
  const most = {
    'order value': config.maxOrderNotional,
    'position weight': config.maxPositionWeight,
    'gross leverage': grossLimit(config, account),
    'net leverage': config.maxNetLeverage,
  };
  return `${limit} limit ${most[limit]}`;
}

/** What is held and on its way of all instruments but one. */
function worthOfOthers(
  account: Account,
  pending: Pending,
  i: number,
): { readonly gross: number; readonly net: number } {
  const { quantity, price, multiplier } = account;
  const held = account.positions.words;
  const due = pending.some.words;
  let gross = 0;
  let net = 0;
  for (let word = 0; word < held.length; word++) {
    for (let bits = held[word]! | due[word]!; bits !== 0; bits &= bits - 1) {
      const j = 32 * word + 31 - Math.clz32(bits & -bits);
      const units = quantity[j]! + pending.units[j]!;
      if (units === 0 || j === i) continue;
      const value = units * price[j]! * multiplier[j]!;
      gross += Math.abs(value);
      net += value;
    }
  }
  return { gross, net };
}

/** The account's own terms bind beside the configured limit. */
function grossLimit(config: RiskConfig, account: Account): number {
  return Math.min(config.maxGrossLeverage ?? Number.POSITIVE_INFINITY, leverageOf(account.config));
}

/** The highest price the order is likely to be valued at. */
function worstPrice(order: Order, referencePrice: number): number {
  const price = order.kind === 'limit' || order.kind === 'stop-limit' ? order.price : referencePrice;
  const trigger =
    order.kind === 'stop' || order.kind === 'take-profit' || order.kind === 'stop-limit'
      ? order.trigger
      : referencePrice;
  return Math.max(referencePrice, price, trigger);
}
