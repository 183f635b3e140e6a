/** The order desk: numbers, rounds and clears every order through risk, follows its states, and emulates what links orders (brackets, one-cancels-other) so that every venue behaves alike. */

import { Fifo } from '../core/index.ts';
import type { VenueCommand } from '../execution/index.ts';
import {
  type Bracket,
  createOrderLog,
  exitLevel,
  type Instrument,
  type OrderChange,
  type OrderLog,
  type OrderRecords,
  type OrderRequest,
  type OrderStatus,
  type Side,
  type VenueReport,
} from '../model/index.ts';
import { type Account, Pending, roundOrder } from '../portfolio/index.ts';
import type { RiskGate } from '../risk/index.ts';
import { checkRequest, marketOrder, orderOf, roundChange } from './order-request.ts';
import { amendOrder, finishedOrder, isFinal, OrderState, writeOrder } from './order-state.ts';

/** A venue's report about an order. */
export type OrderReport = Extract<VenueReport, { readonly order: number }>;

export type DeskOptions = {
  readonly instruments: readonly Instrument[];
  readonly account: Account;
  readonly gate: RiskGate;
  /** Said of every order that risk refused or cut. */
  readonly onRisk: (state: OrderState, message: string) => void;
};

export class OrderDesk {
  /** Signed quantity still to come from working orders that may open, by instrument. */
  readonly pending: Pending;
  private readonly instruments: readonly Instrument[];
  private readonly account: Account;
  private readonly gate: RiskGate;
  private readonly onRisk: DeskOptions['onRisk'];
  /** Orders that are not finished, by number. A finished one is a row of the log. */
  private readonly states: (OrderState | undefined)[] = [];
  private readonly log: OrderLog;
  private numbered = 0;
  private readonly openOf: readonly OrderState[][];
  /** Commands on their way to the venue. */
  readonly commands = new Fifo<VenueCommand>();
  private groups = 0;
  private working = 0;

  constructor({ instruments, account, gate, onRisk }: DeskOptions) {
    this.instruments = instruments;
    this.account = account;
    this.gate = gate;
    this.onRisk = onRisk;
    this.openOf = instruments.map(() => []);
    this.pending = new Pending(instruments.length);
    this.log = createOrderLog(instruments.map(({ symbol }) => symbol));
  }

  /** Numbers, rounds and clears a request; what risk refuses is kept as a rejected order. @throws SigmaError strategy/bad-order */
  submit(request: OrderRequest, index: number, now: number, parent = -1): OrderState {
    const instrument = this.instruments[index]!;
    checkRequest(request, instrument);
    const units = roundOrder(instrument, request.quantity, this.closable(index, request.side));
    const order = orderOf(request, instrument, units, index, ++this.numbered, now);
    const state = new OrderState(order, request, parent);
    if (order.quantity === 0)
      return this.refuse(state, `quantity ${request.quantity} rounds to 0 at lot size ${instrument.lotSize}`);
    const verdict = this.gate.review(order, this.account.price[index]!, this.pending, this.working);
    if (!verdict.ok) return this.refuse(state, verdict.reason);
    state.quantity = verdict.order.quantity;
    state.wanted = state.quantity;
    if (verdict.reason !== '') {
      state.explain(verdict.reason);
      this.onRisk(state, verdict.reason);
    }
    this.states[order.id] = state;
    const open = this.openOf[index]!;
    open[open.length] = state;
    this.working++;
    if (!order.reduceOnly) this.pending.add(index, state.signed(state.quantity));
    this.commands.push({ kind: 'submit', order: verdict.order });
    return state;
  }

  order(instrument: number, quantity: number, now: number): void {
    this.submit(marketOrder(quantity), instrument, now);
  }

  /** @param about the number of the order that `#` in the reason stands for */
  cancel(id: number, reason: string, about = -1): void {
    const state = this.states[id];
    if (state === undefined || state.cancelling) return;
    state.explain(reason, about);
    state.cancelling = true;
    this.commands.push({ kind: 'cancel', order: id });
  }

  modify(id: number, change: OrderChange): void {
    const state = this.states[id];
    if (state === undefined) return;
    const { instrument, side } = state.order;
    const closed = state.filled + this.closable(instrument, side);
    const rounded = roundChange(change, side, this.instruments[instrument]!, closed);
    state.wanted = rounded.quantity ?? state.wanted;
    this.commands.push({ kind: 'modify', order: id, change: rounded });
  }

  cancelAll(instrument: number): void {
    for (const state of this.openOf[instrument]!) this.cancel(state.order.id, 'flatten');
  }

  /** Units held that an order of the side closes. */
  private closable(instrument: number, side: Side): number {
    const held = this.account.quantity[instrument]!;
    return Math.max(side === 'buy' ? -held : held, 0);
  }

  /** Units that market orders of a side are about to close. */
  closing(instrument: number, side: Side): number {
    let units = 0;
    for (const { order, cancelling, wanted, filled } of this.openOf[instrument]!)
      if (order.reduceOnly && order.kind === 'market' && order.side === side && !cancelling) units += wanted - filled;
    return units;
  }

  /** Ends the exits of the instrument's position. */
  private cancelExits(instrument: number, reason: string): void {
    for (const state of this.openOf[instrument]!) if (state.parent >= 0) this.cancel(state.order.id, reason);
  }

  /** Places the exits of so many units that the order has opened at a price. */
  placeExits(
    state: OrderState,
    bracket: Bracket,
    { price: from, quantity, now }: { readonly price: number; readonly quantity: number; readonly now: number },
  ): void {
    const { id, instrument } = state.order;
    const side = state.order.side === 'buy' ? 'sell' : 'buy';
    const reduceOnly = true;
    const ocoGroup = this.nextGroup();
    const tag = state.request.tag ?? '';
    const { stopLoss, trailing: offset, takeProfit } = bracket;
    const trigger = stopLoss === undefined ? Number.NaN : exitLevel(stopLoss, from, -state.signed(1));
    const price = takeProfit === undefined ? Number.NaN : exitLevel(takeProfit, from, state.signed(1));
    state.bracketed = true;
    if (trigger > 0)
      this.submit({ kind: 'stop', trigger, side, quantity, reduceOnly, ocoGroup, tag }, instrument, now, id);
    if (offset !== undefined)
      this.submit({ kind: 'trailing-stop', offset, side, quantity, reduceOnly, ocoGroup, tag }, instrument, now, id);
    if (price > 0)
      this.submit({ kind: 'limit', price, side, quantity, reduceOnly, ocoGroup, tag }, instrument, now, id);
  }

  /** Each unit of an instrument has become `ratio` new ones, also of its orders. */
  split(instrument: number, ratio: number): void {
    const units = this.pending.units[instrument]!;
    this.pending.add(instrument, units * ratio - units);
    for (const state of this.openOf[instrument]!) state.split(ratio);
  }

  state(id: number): OrderState | undefined {
    return this.states[id] ?? this.finished(id);
  }

  open(instrument: number): readonly OrderState[] {
    return this.openOf[instrument]!;
  }

  /** True when there are commands to take. */
  get waiting(): boolean {
    return this.commands.length > 0;
  }

  /** Some order is not finished. */
  get hasOrders(): boolean {
    return this.working > 0;
  }

  nextGroup(): number {
    return ++this.groups;
  }

  /** Every order so far, in order of its number. */
  records(): OrderRecords {
    for (const state of this.states) if (state !== undefined) writeOrder(this.log, state);
    return this.log;
  }

  /** Applies a venue's report about an order; fills were applied to the account before. */
  report(report: OrderReport): OrderState | undefined {
    const working = this.states[report.order];
    const state = working ?? this.finished(report.order);
    if (report.kind === 'filled') this.onFill(report, state);
    if (state === undefined) return undefined;
    state.updated = report.time;
    switch (report.kind) {
      case 'accepted':
        if (state.status === 'new') state.status = 'accepted';
        break;
      case 'rejected':
      case 'cancelled':
      case 'expired':
        if (!state.hasReason) state.explain(report.reason);
        this.end(state, report.kind);
        break;
      case 'modified':
        if (!state.order.reduceOnly)
          this.pending.add(state.order.instrument, state.signed(report.quantity - state.quantity));
        state.quantity = report.quantity;
        state.price = report.price ?? state.price;
        state.trigger = report.trigger ?? state.trigger;
        break;
      case 'filled':
      case 'triggered':
        break;
    }
    if (working === undefined) amendOrder(this.log, state);
    else if (isFinal(state.status)) this.close(state);
    return state;
  }

  private refuse(state: OrderState, reason: string): OrderState {
    state.status = 'rejected';
    state.explain(reason);
    this.onRisk(state, reason);
    this.close(state);
    return state;
  }

  /** Records a finished order and forgets it. */
  private close(state: OrderState): void {
    writeOrder(this.log, state);
    this.states[state.order.id] = undefined;
  }

  private finished(id: number): OrderState | undefined {
    const record = id < 1 ? undefined : this.log.at(id - 1);
    return record === undefined ? undefined : finishedOrder(this.log, record);
  }

  private end(state: OrderState, status: OrderStatus): void {
    const { instrument, reduceOnly } = state.order;
    state.status = status;
    const list = this.openOf[instrument]!;
    const k = list.indexOf(state);
    if (k < 0) return;
    for (let next = k + 1; next < list.length; next++) list[next - 1] = list[next]!;
    list.pop();
    this.working--;
    if (!reduceOnly) this.pending.add(instrument, -state.signed(state.quantity - state.filled));
    if (list.length === 0) this.pending.clear(instrument);
  }

  private onFill(report: Extract<VenueReport, { kind: 'filled' }>, state: OrderState | undefined): void {
    const { instrument, quantity } = report;
    const held = this.account.quantity[instrument]!;
    if (state !== undefined) this.book(state, report);
    if (state?.request.ocoGroup !== undefined) this.meetSiblings(state, report);
    if (held === 0 || held * (held - quantity) < 0) this.cancelExits(instrument, 'position closed');
    if (state === undefined) return;
    // An exit fired before its entry was complete: more of the entry would stand unprotected.
    if (state.parent >= 0) this.cancel(state.parent, 'its exit, order #, filled', state.order.id);
    const { bracket } = state.request;
    if (bracket === undefined || state.bracketed || state.signed(held) <= 0) return;
    // For the part of the order that opens.
    const opens = Math.min(state.quantity, state.quantity - state.filled + Math.abs(held));
    this.placeExits(state, bracket, { price: report.price, quantity: opens, now: report.time });
  }

  /** Writes a fill into its order. */
  private book(
    state: OrderState,
    { instrument, quantity, price, done }: Extract<VenueReport, { kind: 'filled' }>,
  ): void {
    const size = Math.abs(quantity);
    state.filled += size;
    state.cost += size * price;
    if (!state.order.reduceOnly) this.pending.add(instrument, -quantity);
    if (done) this.end(state, 'filled');
    else if (!isFinal(state.status)) state.status = 'partially-filled';
  }

  /** A fill of the whole order ends the others of its group; one of a part takes as much from them, so that the rest of a position stays guarded. */
  private meetSiblings(state: OrderState, { quantity, done }: Extract<VenueReport, { kind: 'filled' }>): void {
    for (const other of this.openOf[state.order.instrument]!) {
      if (other === state || other.request.ocoGroup !== state.request.ocoGroup) continue;
      const rest = other.wanted - Math.abs(quantity);
      if (done || !(rest > other.filled))
        this.cancel(other.order.id, 'one cancels other: order # filled', state.order.id);
      else if (!other.cancelling) this.modify(other.order.id, { quantity: rest });
    }
  }
}
