/** An order and where it stands. */
import {
  numberedText,
  type Order,
  type OrderLog,
  type OrderRecord,
  type OrderRequest,
  type OrderStatus,
  splitBracket,
  splitOrder,
} from '../model/index.ts';

export class OrderState {
  order: Order;
  request: OrderRequest;
  /** The order whose fill released this one; -1 without. */
  readonly parent: number;
  quantity: number;
  /** The quantity last asked for; `quantity` follows when the venue answers. */
  wanted: number;
  price: number;
  trigger: number;
  status: OrderStatus = 'new';
  filled = 0;
  /** Sum of fill quantity times price. */
  cost = 0;
  updated: number;
  /** What happened to it, in which `#` stands for `about`, the number of another order, unless that is -1. */
  private because = '';
  private about = -1;
  /** A cancel was sent; the venue has not answered yet. */
  cancelling = false;
  /** Its exits were placed. */
  bracketed = false;

  constructor(order: Order, request: OrderRequest, parent: number) {
    this.order = order;
    this.request = request;
    this.parent = parent;
    this.quantity = order.quantity;
    this.wanted = order.quantity;
    this.price = limitOf(order);
    this.trigger = triggerOf(order);
    this.updated = order.created;
  }

  /** Why it was refused, cut or ended; empty when nothing happened. */
  get reason(): string {
    return this.about < 0 ? this.because : numberedText(this.because, this.about);
  }

  get hasReason(): boolean {
    return this.because !== '';
  }

  /** Kept in two parts: a text for each order that another one cancels would be most of the work on it. */
  explain(because: string, about = -1): void {
    this.because = because;
    this.about = about;
  }

  writeReason(row: number, { cells }: OrderLog): void {
    if (this.about < 0) cells.reason.put(row, this.because);
    else cells.reason.putNumbered(row, this.because, this.about);
  }

  /** Each old unit has become `ratio` new ones: also what it had filled and what it is to place are told in those. */
  split(ratio: number): void {
    this.quantity *= ratio;
    this.wanted *= ratio;
    this.filled *= ratio;
    this.price /= ratio;
    this.trigger /= ratio;
    this.order = splitOrder(this.order, ratio);
    const { bracket } = this.request;
    if (bracket !== undefined) this.request = { ...this.request, bracket: splitBracket(bracket, ratio) };
  }

  /** A quantity with the sign of the side. */
  signed(quantity: number): number {
    return this.order.side === 'buy' ? quantity : -quantity;
  }
}

/** The limit price of an order, NaN without one. */
function limitOf(order: Order): number {
  return order.kind === 'limit' || order.kind === 'stop-limit' ? order.price : Number.NaN;
}

/** The trigger of an order, NaN without one. */
function triggerOf(order: Order): number {
  return order.kind === 'stop' || order.kind === 'take-profit' || order.kind === 'stop-limit'
    ? order.trigger
    : Number.NaN;
}

export function isFinal(status: OrderStatus): boolean {
  return status === 'filled' || status === 'cancelled' || status === 'expired' || status === 'rejected';
}

/** Writes the order into its row, the one of its number. */
export function writeOrder(log: OrderLog, state: OrderState): void {
  const { order, request } = state;
  const row = order.id - 1;
  log.extend(order.id);
  const { cells } = log;
  cells.id.values[row] = order.id;
  cells.symbol.codes[row] = order.instrument;
  cells.side.put(row, order.side);
  cells.kind.put(row, order.kind);
  cells.timeInForce.put(row, order.timeInForce);
  cells.price.values[row] = state.price;
  cells.trigger.values[row] = state.trigger;
  cells.created.values[row] = order.created;
  cells.parent.values[row] = state.parent;
  cells.ocoGroup.values[row] = request.ocoGroup ?? -1;
  cells.reduceOnly.put(row, order.reduceOnly);
  cells.tag.put(row, request.tag ?? '');
  amendOrder(log, state);
}

/** Writes where the order stands. */
export function amendOrder(log: OrderLog, state: OrderState): void {
  const { cells } = log;
  const row = state.order.id - 1;
  cells.quantity.values[row] = state.quantity;
  cells.filled.values[row] = state.filled;
  cells.averagePrice.values[row] = state.filled > 0 ? state.cost / state.filled : Number.NaN;
  cells.status.put(row, state.status);
  cells.updated.values[row] = state.updated;
  state.writeReason(row, log);
}

/** A finished order back from its row, to take what its venue reports late: a fill that crossed with a cancel. Its terms no longer matter. */
export function finishedOrder({ cells }: OrderLog, record: OrderRecord): OrderState {
  const { id, side, quantity, timeInForce, reduceOnly, created, tag, ocoGroup, filled } = record;
  const terms = { kind: 'market', side, quantity, timeInForce, reduceOnly } as const;
  const instrument = cells.symbol.codes[id - 1]!;
  const state = new OrderState(
    { ...terms, id, instrument, created, expires: Number.POSITIVE_INFINITY },
    { ...terms, tag, ...(ocoGroup < 0 ? {} : { ocoGroup }) },
    record.parent,
  );
  state.status = record.status;
  state.filled = filled;
  state.cost = filled > 0 ? filled * record.averagePrice : 0;
  state.explain(record.reason);
  return state;
}
