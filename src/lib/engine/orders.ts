/** The order desk: numbers, rounds and clears every order through risk, follows its states, and emulates what links orders (brackets, one-cancels-other) so that every venue behaves alike. */
import { invariant, SigmaError } from '../core/index.ts';
import type { VenueCommand } from '../execution/index.ts';
import {
  DAY,
  type Instrument,
  type Order,
  type OrderChange,
  type OrderRecord,
  type OrderRequest,
  type OrderStatus,
  type OrderTerms,
  type VenueReport,
} from '../model/index.ts';
import { type Account, roundPrice, roundQuantity } from '../portfolio/index.ts';
import type { Approved, RiskGate } from '../risk/index.ts';

/** An order and where it stands. */
export type OrderState = {
  readonly order: Order;
  readonly request: OrderRequest;
  readonly parent: number;
  quantity: number;
  price: number;
  trigger: number;
  status: OrderStatus;
  filled: number;
  cost: number;
  updated: number;
  reason: string;
};

export type DeskOptions = {
  readonly instruments: readonly Instrument[];
  readonly account: Account;
  readonly gate: RiskGate;
  /** Said of every order that risk refused or cut. */
  readonly onRisk: (state: OrderState, message: string) => void;
};

export interface OrderDesk {
  /** Signed quantity still to come from working orders that may open, by instrument. */
  readonly pending: Float64Array;
  readonly outbox: readonly VenueCommand[];
  readonly working: number;
  submit(request: OrderRequest, instrument: number, now: number, parent?: number): OrderState;
  cancel(id: number, reason?: string): void;
  modify(id: number, change: OrderChange): void;
  cancelAll(instrument: number): void;
  /** Applies a venue's report about an order; fills are applied to the account by the caller first. */
  report(report: VenueReport): OrderState | undefined;
  state(id: number): OrderState | undefined;
  open(instrument: number): readonly OrderState[];
  drain(): readonly VenueCommand[];
  nextGroup(): number;
  records(): OrderRecord[];
}

const none: readonly VenueCommand[] = [];

export function createOrderDesk({ instruments, account, gate, onRisk }: DeskOptions): OrderDesk {
  const states: OrderState[] = [];
  const openOf: OrderState[][] = instruments.map(() => []);
  const pending = new Float64Array(instruments.length);
  let outbox: VenueCommand[] = [];
  let groups = 0;
  let working = 0;

  const signed = (state: OrderState, quantity: number): number => (state.order.side === 'buy' ? quantity : -quantity);

  const begin = (state: OrderState, approved: Approved): void => {
    openOf[state.order.instrument]!.push(state);
    working++;
    if (!state.order.reduceOnly) pending[state.order.instrument]! += signed(state, state.quantity);
    outbox.push({ kind: 'submit', order: approved });
  };

  const end = (state: OrderState, status: OrderStatus, reason: string): void => {
    state.status = status;
    if (reason !== '') state.reason = reason;
    const list = openOf[state.order.instrument]!;
    const k = list.indexOf(state);
    if (k < 0) return;
    list.splice(k, 1);
    working--;
    if (state.order.reduceOnly) return;
    pending[state.order.instrument]! -= signed(state, state.quantity - state.filled);
    if (list.length === 0) pending[state.order.instrument] = 0;
  };

  const submit = (request: OrderRequest, index: number, now: number, parent = -1): OrderState => {
    const instrument = instruments[index]!;
    checkRequest(request, instrument);
    const order = orderOf(request, instrument, index, states.length + 1, now);
    const state: OrderState = {
      order,
      request,
      parent,
      quantity: order.quantity,
      price: 'price' in order ? order.price : Number.NaN,
      trigger: 'trigger' in order ? order.trigger : Number.NaN,
      status: 'new',
      filled: 0,
      cost: 0,
      updated: now,
      reason: '',
    };
    states.push(state);
    if (order.quantity === 0) {
      end(state, 'rejected', `quantity ${request.quantity} rounds to 0 at lot size ${instrument.lotSize}`);
      onRisk(state, state.reason);
      return state;
    }
    const verdict = gate.review(order, account.price[index]!, pending, working);
    if (!verdict.ok) {
      end(state, 'rejected', verdict.reason);
      onRisk(state, verdict.reason);
      return state;
    }
    state.quantity = verdict.order.quantity;
    if (verdict.reason !== '') {
      state.reason = verdict.reason;
      onRisk(state, verdict.reason);
    }
    begin(state, verdict.order);
    return state;
  };

  const cancel = (id: number, reason = ''): void => {
    const state = states[id - 1];
    if (state === undefined || isFinal(state.status)) return;
    if (reason !== '') state.reason = reason;
    outbox.push({ kind: 'cancel', order: id });
  };

  const cancelSiblings = (state: OrderState): void => {
    const group = state.request.ocoGroup;
    if (group === undefined) return;
    for (const other of [...openOf[state.order.instrument]!]) {
      if (other !== state && other.request.ocoGroup === group)
        cancel(other.order.id, `one cancels other: order ${state.order.id} filled`);
    }
  };

  /** Exits that a bracket left behind must not meet the next position. */
  const cancelOrphans = (instrument: number): void => {
    for (const state of [...openOf[instrument]!]) if (state.parent >= 0) cancel(state.order.id, 'position closed');
  };

  const placeBracket = (state: OrderState, now: number): void => {
    const bracket = state.request.bracket;
    if (bracket === undefined) return;
    const exit = {
      side: state.order.side === 'buy' ? ('sell' as const) : ('buy' as const),
      quantity: state.quantity,
      reduceOnly: true,
      ocoGroup: ++groups,
      tag: state.request.tag ?? '',
    };
    const { instrument, id } = state.order;
    if (bracket.stopLoss !== undefined)
      submit({ ...exit, kind: 'stop', trigger: bracket.stopLoss }, instrument, now, id);
    if (bracket.trailing !== undefined)
      submit({ ...exit, kind: 'trailing-stop', offset: bracket.trailing }, instrument, now, id);
    if (bracket.takeProfit !== undefined)
      submit({ ...exit, kind: 'limit', price: bracket.takeProfit }, instrument, now, id);
  };

  const onFill = (report: Extract<VenueReport, { kind: 'filled' }>, state: OrderState | undefined): void => {
    const held = account.quantity[report.instrument]!;
    const before = held - report.quantity;
    if (held === 0 || held * before < 0) cancelOrphans(report.instrument);
    if (state === undefined) return;
    const first = state.filled === 0;
    const size = Math.abs(report.quantity);
    state.filled += size;
    state.cost += size * report.price;
    if (!state.order.reduceOnly) pending[report.instrument]! -= report.quantity;
    if (report.done) end(state, 'filled', '');
    else state.status = 'partially-filled';
    cancelSiblings(state);
    if (first) placeBracket(state, report.time);
  };

  return {
    pending,
    get outbox() {
      return outbox;
    },
    get working() {
      return working;
    },
    submit,
    cancel,
    modify: (id, change) => {
      const state = states[id - 1];
      if (state === undefined || isFinal(state.status)) return;
      outbox.push({
        kind: 'modify',
        order: id,
        change: roundChange(change, state, instruments[state.order.instrument]!),
      });
    },
    cancelAll: (instrument) => {
      for (const state of [...openOf[instrument]!]) cancel(state.order.id, 'flatten');
    },
    report: (report) => {
      if (!('order' in report)) return undefined;
      const state = states[report.order - 1];
      if (report.kind === 'filled') onFill(report, state);
      if (state === undefined) return undefined;
      state.updated = report.time;
      switch (report.kind) {
        case 'accepted':
          if (state.status === 'new') state.status = 'accepted';
          break;
        case 'rejected':
        case 'cancelled':
        case 'expired':
          end(state, report.kind, state.reason === '' ? report.reason : state.reason);
          break;
        case 'modified':
          if (!state.order.reduceOnly)
            pending[state.order.instrument]! += signed(state, report.quantity - state.quantity);
          state.quantity = report.quantity;
          state.price = report.price ?? state.price;
          state.trigger = report.trigger ?? state.trigger;
          break;
        case 'filled':
        case 'triggered':
          break;
      }
      return state;
    },
    state: (id) => states[id - 1],
    open: (instrument) => openOf[instrument]!,
    drain: () => {
      if (outbox.length === 0) return none;
      const commands = outbox;
      outbox = [];
      return commands;
    },
    nextGroup: () => ++groups,
    records: () => states.map((state) => recordOf(state, instruments)),
  };
}

export function isFinal(status: OrderStatus): boolean {
  return status === 'filled' || status === 'cancelled' || status === 'expired' || status === 'rejected';
}

function checkRequest(request: OrderRequest, instrument: Instrument): void {
  const refuse = (found: string, hint: string): never => {
    throw new SigmaError('strategy/bad-order', found, {
      where: `${request.kind} order for ${instrument.symbol}`,
      hint,
    });
  };
  if (!(Number.isFinite(request.quantity) && request.quantity > 0))
    refuse(`quantity ${request.quantity}`, 'it must be a positive number; the side says which way');
  if ('price' in request && !(Number.isFinite(request.price) && request.price > 0))
    refuse(`price ${request.price}`, 'it must be a positive number');
  if ('trigger' in request && !(Number.isFinite(request.trigger) && request.trigger > 0))
    refuse(`trigger ${request.trigger}`, 'it must be a positive number');
  if (request.kind === 'trailing-stop') {
    const distance = 'price' in request.offset ? request.offset.price : request.offset.fraction;
    if (!(Number.isFinite(distance) && distance > 0)) refuse(`offset ${distance}`, 'it must be a positive distance');
  }
  if (request.timeInForce === 'GTD' && request.expires === undefined) refuse('GTD without expires', 'say when it ends');
}

function orderOf(request: OrderRequest, instrument: Instrument, index: number, id: number, now: number): Order {
  const timeInForce = request.timeInForce ?? 'GTC';
  return {
    ...termsOf(request, instrument),
    id,
    instrument: index,
    side: request.side,
    quantity: roundQuantity(instrument, request.quantity),
    timeInForce,
    expires:
      timeInForce === 'DAY'
        ? (Math.floor(now / DAY) + 1) * DAY
        : timeInForce === 'GTD'
          ? (request.expires ?? Number.POSITIVE_INFINITY)
          : Number.POSITIVE_INFINITY,
    reduceOnly: request.reduceOnly ?? false,
    created: now,
  };
}

function termsOf(request: OrderRequest, instrument: Instrument): OrderTerms {
  const round = (price: number): number => roundPrice(instrument, price, request.side);
  switch (request.kind) {
    case 'market':
      return { kind: 'market' };
    case 'limit':
      return {
        kind: 'limit',
        price: round(request.price),
        ...(request.postOnly === undefined ? {} : { postOnly: request.postOnly }),
        ...(request.display === undefined ? {} : { display: request.display }),
      };
    case 'stop':
    case 'take-profit':
      return { kind: request.kind, trigger: round(request.trigger) };
    case 'stop-limit':
      return { kind: 'stop-limit', trigger: round(request.trigger), price: round(request.price) };
    case 'trailing-stop':
      return {
        kind: 'trailing-stop',
        offset: request.offset,
        ...(request.activation === undefined ? {} : { activation: request.activation }),
      };
  }
}

function roundChange(change: OrderChange, state: OrderState, instrument: Instrument): OrderChange {
  const side = state.order.side;
  invariant(change.quantity === undefined || change.quantity >= 0, 'a changed quantity is not negative');
  return {
    ...(change.quantity === undefined ? {} : { quantity: roundQuantity(instrument, change.quantity) }),
    ...(change.price === undefined ? {} : { price: roundPrice(instrument, change.price, side) }),
    ...(change.trigger === undefined ? {} : { trigger: roundPrice(instrument, change.trigger, side) }),
  };
}

function recordOf(state: OrderState, instruments: readonly Instrument[]): OrderRecord {
  const { order, request } = state;
  return {
    id: order.id,
    symbol: instruments[order.instrument]!.symbol,
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
