/** Rounds quantities and prices to an instrument's increments, safe against binary fractions: 0.1 + 0.2 in lots of 0.1 is 0.3. */
import type { Instrument, Side } from '../model/index.ts';

/** A value this close to a step, in steps, is on it. */
const NEAR = 1e-9;
/** What a few roundings of a double can add, relative to the number of steps. */
const ROUNDINGS = 1e-15;

/**
 * Toward zero to the lot size; 0 when the result is below the least quantity, or below the least notional at `price`
 * (a price of NaN skips that test).
 */
export function roundQuantity(instrument: Instrument, quantity: number, price = Number.NaN): number {
  if (!Number.isFinite(quantity)) return 0;
  const size = onStep(Math.abs(quantity), instrument.lotSize, Math.floor);
  if (size < instrument.minQuantity * (1 - NEAR)) return 0;
  if (size * price * instrument.multiplier < instrument.minNotional * (1 - NEAR)) return 0;
  return size === 0 ? 0 : Math.sign(quantity) * size;
}

/**
 * Like `roundQuantity`, both positive, but all of a position of `closed` units goes in an order that may close it: a split
 * can leave a part of a lot, which no other order would reach.
 */
export function roundOrder(instrument: Instrument, quantity: number, closed: number): number {
  const whole = closed > 0 && quantity >= closed && isBetweenLots(instrument, closed);
  return whole ? closed + roundQuantity(instrument, quantity - closed) : roundQuantity(instrument, quantity);
}

function isBetweenLots({ lotSize }: Instrument, quantity: number): boolean {
  return lotSize > 0 && Math.abs(quantity - onStep(quantity, lotSize, Math.round)) > NEAR * Math.max(lotSize, quantity);
}

/** To the tick a passive order would rest at: a buy down, a sell up. */
export function roundPrice(instrument: Instrument, price: number, side: Side): number {
  return onStep(price, instrument.tickSize, side === 'buy' ? Math.floor : Math.ceil);
}

function onStep(value: number, step: number, direction: (steps: number) => number): number {
  if (step <= 0 || !Number.isFinite(value)) return value;
  const steps = value / step;
  const nearest = Math.round(steps);
  const whole = Math.abs(steps - nearest) <= NEAR + ROUNDINGS * Math.abs(steps) ? nearest : direction(steps);
  return stepsToValue(whole, step);
}

/** 3 x 0.1 is 0.30000000000000004: dividing by a whole number of steps per unit gives the double nearest to the decimal. */
function stepsToValue(steps: number, step: number): number {
  const perUnit = 1 / step;
  const whole = Math.round(perUnit);
  return step < 1 && Math.abs(perUnit - whole) <= NEAR * whole ? steps / whole : steps * step;
}
