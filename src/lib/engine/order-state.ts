/** An order and where it stands. */
import type { Order, OrderRecord, OrderRequest, OrderStatus } from '../model/index.ts';

export class OrderState {
  readonly order: Order;
  readonly request: OrderRequest;
  /** The order whose fill released this one; -1 without. */
  readonly parent: number;
  quantity: number;
  price: number;
  trigger: number;
  status: OrderStatus = 'new';
  filled = 0;
  /** Sum of fill quantity times price. */
  cost = 0;
  updated: number;
  reason = '';
  /** A cancel was sent; the venue has not answered yet. */
  cancelling = false;

  constructor(order: Order, request: OrderRequest, parent: number) {
    this.order = order;
    this.request = request;
    this.parent = parent;
    this.quantity = order.quantity;
    this.price = 'price' in order ? order.price : Number.NaN;
    this.trigger = 'trigger' in order ? order.trigger : Number.NaN;
    this.updated = order.created;
  }

  /** A quantity with the sign of the side. */
  signed(quantity: number): number {
    return this.order.side === 'buy' ? quantity : -quantity;
  }
}

export function isFinal(status: OrderStatus): boolean {
  return status === 'filled' || status === 'cancelled' || status === 'expired' || status === 'rejected';
}

/** The order as a run records it. */
export function recordOf(state: OrderState, symbol: string): OrderRecord {
  const { order, request } = state;
  return {
    id: order.id,
    symbol,
    side: order.side,
    kind: order.kind,
    timeInForce: order.timeInForce,
    quantity: state.quantity,
    filled: state.filled,
    averagePrice: state.filled > 0 ? state.cost / state.filled : Number.NaN,
    price: state.price,
    trigger: state.trigger,
    status: state.status,
    created: order.created,
    updated: state.updated,
    parent: state.parent,
    ocoGroup: request.ocoGroup ?? -1,
    reduceOnly: order.reduceOnly,
    tag: request.tag ?? '',
    reason: state.reason,
  };
}
