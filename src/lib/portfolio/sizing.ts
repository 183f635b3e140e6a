/** Sizing: a target and its slot of equity become signed units, before rounding. */
import { unreachable } from '../core/index.ts';
import type { SizingConfig } from './config.ts';

export type SizingInputs = {
  /** 1 is fully long, -1 fully short; beyond that is leverage. */
  readonly target: number;
  /** The part of the equity that belongs to the target, in the account's currency. */
  readonly slotEquity: number;
  readonly price: number;
  readonly multiplier: number;
  /** Average true range in price units, for `atr`. */
  readonly atr?: number;
  /** Annualised standard deviation of returns, for `volatility`. */
  readonly volatility?: number;
  /** Mean and variance of bar returns, for `kelly`. */
  readonly mean?: number;
  readonly variance?: number;
};

/**
 * Signed units for a target. NaN while an input the method needs is missing; 0 where equity is gone.
 * Kelly: f = mean / variance (Kelly 1956; Thorp 2006, eq. 7.3, at a riskless rate of zero), the mean taken along the
 * target's direction, so that a bet against the drift is not made.
 */
export function sizedQuantity(sizing: SizingConfig, inputs: SizingInputs): number {
  const { target, slotEquity, price, multiplier } = inputs;
  if (target === 0) return 0;
  const unitValue = price * multiplier;
  if (!(unitValue > 0) || Number.isNaN(target) || Number.isNaN(slotEquity)) return Number.NaN;
  if (sizing.kind === 'fixed') return target * (sizing.quantity ?? (sizing.notional ?? 0) / unitValue);
  const equity = Math.max(0, slotEquity);
  switch (sizing.kind) {
    case 'weight':
      return unitsOfWeight(target, slotEquity, unitValue);
    case 'atr': {
      const lossPerUnit = sizing.multiple * known(inputs.atr) * multiplier;
      return lossPerUnit > 0 ? (target * equity * sizing.risk) / lossPerUnit : Number.NaN;
    }
    case 'volatility': {
      const volatility = known(inputs.volatility);
      if (!(volatility >= 0)) return Number.NaN;
      return (target * Math.min(sizing.target / volatility, sizing.maxLeverage) * equity) / unitValue;
    }
    case 'kelly': {
      const variance = known(inputs.variance);
      const mean = known(inputs.mean) * Math.sign(target);
      if (Number.isNaN(mean) || !(variance >= 0)) return Number.NaN;
      if (mean <= 0) return 0;
      return (target * Math.min((sizing.fraction * mean) / variance, sizing.maxLeverage) * equity) / unitValue;
    }
    default:
      return unreachable(sizing);
  }
}

/** Units whose value is a weight of the equity there is, at a value of one unit above 0. */
export function unitsOfWeight(weight: number, equity: number, unitValue: number): number {
  return (weight * Math.max(0, equity)) / unitValue;
}

function known(input: number | undefined): number {
  return input ?? Number.NaN;
}
