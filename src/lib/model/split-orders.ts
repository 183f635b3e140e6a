/** What was ordered before a split, in the units after it: quantities grow with the ratio, prices and distances shrink with it. */
import type { Bracket, Offset, Order, OrderChange } from './order.ts';

/** The order where each old unit has become `ratio` new ones. */
export function splitOrder(order: Order, ratio: number): Order {
  const quantity = order.quantity * ratio;
  switch (order.kind) {
    case 'market':
      return { ...order, quantity };
    case 'limit': {
      const { display } = order;
      const shown = display === undefined ? {} : { display: display * ratio };
      return { ...order, quantity, price: order.price / ratio, ...shown };
    }
    case 'stop':
    case 'take-profit':
      return { ...order, quantity, trigger: order.trigger / ratio };
    case 'stop-limit':
      return { ...order, quantity, trigger: order.trigger / ratio, price: order.price / ratio };
    case 'trailing-stop': {
      const { activation } = order;
      const begin = activation === undefined ? {} : { activation: activation / ratio };
      return { ...order, quantity, offset: splitOffset(order.offset, ratio), ...begin };
    }
  }
}

export function splitChange({ quantity, price, trigger }: OrderChange, ratio: number): OrderChange {
  return {
    ...(quantity === undefined ? {} : { quantity: quantity * ratio }),
    ...(price === undefined ? {} : { price: price / ratio }),
    ...(trigger === undefined ? {} : { trigger: trigger / ratio }),
  };
}

export function splitBracket({ stopLoss, takeProfit, trailing }: Bracket, ratio: number): Bracket {
  return {
    ...(stopLoss === undefined ? {} : { stopLoss: splitExit(stopLoss, ratio) }),
    ...(takeProfit === undefined ? {} : { takeProfit: splitExit(takeProfit, ratio) }),
    ...(trailing === undefined ? {} : { trailing: splitOffset(trailing, ratio) }),
  };
}

function splitExit(exit: number | Offset, ratio: number): number | Offset {
  return typeof exit === 'number' ? exit / ratio : splitOffset(exit, ratio);
}

function splitOffset(offset: Offset, ratio: number): Offset {
  return 'price' in offset ? { price: offset.price / ratio } : offset;
}
