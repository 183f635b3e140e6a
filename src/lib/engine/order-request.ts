/** From what a strategy asks for to an order: checked, numbered, rounded. */
import { invariant, SigmaError, unreachable } from '../core/index.ts';
import type { Instrument, Order, OrderChange, OrderRequest, Side } from '../model/index.ts';
import { roundOrder, roundPrice } from '../portfolio/index.ts';

/** A signed quantity at the market. */
export function marketOrder(quantity: number): OrderRequest {
  return { kind: 'market', side: quantity > 0 ? 'buy' : 'sell', quantity: Math.abs(quantity) };
}

/** @throws SigmaError strategy/bad-order when no venue could take such an order. */
export function checkRequest(request: OrderRequest, instrument: Instrument): void {
  if (!isPositive(request.quantity))
    refuse(
      request,
      instrument,
      `quantity ${request.quantity}`,
      'it must be a positive number; the side says which way',
    );
  if ((request.kind === 'limit' || request.kind === 'stop-limit') && !isPositive(request.price))
    refuse(request, instrument, `price ${request.price}`, 'it must be a positive number');
  if (
    (request.kind === 'stop' || request.kind === 'take-profit' || request.kind === 'stop-limit') &&
    !isPositive(request.trigger)
  )
    refuse(request, instrument, `trigger ${request.trigger}`, 'it must be a positive number');
  if (request.kind === 'trailing-stop') {
    const distance = 'price' in request.offset ? request.offset.price : request.offset.fraction;
    if (!isPositive(distance)) refuse(request, instrument, `offset ${distance}`, 'it must be a positive distance');
  }
  if (request.timeInForce === 'GTD' && request.expires === undefined)
    refuse(request, instrument, 'GTD without expires', 'say when it ends');
}

function isPositive(value: number): boolean {
  return Number.isFinite(value) && value > 0;
}

function refuse({ kind }: OrderRequest, { symbol }: Instrument, found: string, hint: string): never {
  throw new SigmaError('strategy/bad-order', found, { where: `${kind} order for ${symbol}`, hint });
}

/** The order of a request for so many units, its prices rounded to the instrument's increments. Written out by kind: spreading objects costs a microsecond an order. */
export function orderOf(
  request: OrderRequest,
  of: Instrument,
  quantity: number,
  instrument: number,
  id: number,
  now: number,
): Order {
  const { side } = request;
  const timeInForce = request.timeInForce ?? 'GTC';
  const expires = timeInForce === 'GTD' ? (request.expires ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  const reduceOnly = request.reduceOnly ?? false;
  switch (request.kind) {
    case 'market':
      return { kind: 'market', id, instrument, side, quantity, timeInForce, expires, reduceOnly, created: now };
    case 'limit': {
      const { postOnly = false, display = Number.POSITIVE_INFINITY } = request;
      const price = roundPrice(of, request.price, side);
      return {
        kind: 'limit',
        price,
        postOnly,
        display,
        id,
        instrument,
        side,
        quantity,
        timeInForce,
        expires,
        reduceOnly,
        created: now,
      };
    }
    case 'stop':
    case 'take-profit': {
      const trigger = roundPrice(of, request.trigger, side);
      return {
        kind: request.kind,
        trigger,
        id,
        instrument,
        side,
        quantity,
        timeInForce,
        expires,
        reduceOnly,
        created: now,
      };
    }
    case 'stop-limit': {
      const trigger = roundPrice(of, request.trigger, side);
      const price = roundPrice(of, request.price, side);
      return {
        kind: 'stop-limit',
        trigger,
        price,
        id,
        instrument,
        side,
        quantity,
        timeInForce,
        expires,
        reduceOnly,
        created: now,
      };
    }
    case 'trailing-stop': {
      const { offset, activation } = request;
      const kind = 'trailing-stop';
      if (activation === undefined)
        return { kind, offset, id, instrument, side, quantity, timeInForce, expires, reduceOnly, created: now };
      return {
        kind,
        offset,
        activation,
        id,
        instrument,
        side,
        quantity,
        timeInForce,
        expires,
        reduceOnly,
        created: now,
      };
    }
    default:
      return unreachable(request);
  }
}

/** A change rounded like the order it changes, of which so many units would be filled once it has closed the position. */
export function roundChange(change: OrderChange, side: Side, instrument: Instrument, closed: number): OrderChange {
  invariant(change.quantity === undefined || change.quantity >= 0, 'a changed quantity is not negative');
  return {
    ...(change.quantity === undefined ? {} : { quantity: roundOrder(instrument, change.quantity, closed) }),
    ...(change.price === undefined ? {} : { price: roundPrice(instrument, change.price, side) }),
    ...(change.trigger === undefined ? {} : { trigger: roundPrice(instrument, change.trigger, side) }),
  };
}
