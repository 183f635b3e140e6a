/** Sizing with the signals it needs: targets become signed quantities. */
import { atr, bars, type Expr, mul, roc, rollingStdev, rollingVariance, sma } from '../indicators/index.ts';
import type { Instrument } from '../model/index.ts';
import { sizedQuantity } from '../portfolio/index.ts';
import type { RunConfig } from './config.ts';

export interface Sizer {
  /** Signals to evaluate beside the strategy's own. */
  readonly signals: readonly Expr[];
  /** Signed units for a target, before rounding; NaN while a signal it needs is not warm. `read(k)` is the instrument's latest value of signal k. */
  quantity(
    target: number,
    slotEquity: number,
    price: number,
    instrument: Instrument,
    read: (k: number) => number,
  ): number;
}

export function createSizer(config: RunConfig): Sizer {
  const sizing = config.sizing;
  const change = roc(bars.close, 1);
  switch (sizing.kind) {
    case 'weight':
    case 'fixed':
      return {
        signals: [],
        quantity: (target, slotEquity, price, { multiplier }) =>
          sizedQuantity(sizing, { target, slotEquity, price, multiplier }),
      };
    case 'atr':
      return {
        signals: [atr(bars, sizing.period)],
        quantity: (target, slotEquity, price, { multiplier }, read) =>
          sizedQuantity(sizing, { target, slotEquity, price, multiplier, atr: read(0) }),
      };
    case 'volatility':
      return {
        signals: [mul(rollingStdev(change, sizing.period, 1), Math.sqrt(config.periodsPerYear))],
        quantity: (target, slotEquity, price, { multiplier }, read) =>
          sizedQuantity(sizing, { target, slotEquity, price, multiplier, volatility: read(0) }),
      };
    case 'kelly':
      return {
        signals: [sma(change, sizing.period), rollingVariance(change, sizing.period, 1)],
        quantity: (target, slotEquity, price, { multiplier }, read) =>
          sizedQuantity(sizing, { target, slotEquity, price, multiplier, mean: read(0), variance: read(1) }),
      };
  }
}
