/** Checks of indicator parameters: a wrong one is refused when the expression is built, not when it runs. */
import { SigmaError } from '../core/index.ts';

/** Longest window: a state of 8 MB a column and instrument. */
const LONGEST = 1_000_000;

function refuse(where: string, value: number, must: string): never {
  throw new SigmaError('usage/bad-parameter', `${value} is not ${must}`, { where });
}

/** A window length in bars: an integer from `least` (1 unless told) to a million. */
export function period(where: string, value: number, least = 1): number {
  if (!Number.isInteger(value) || value < least || value > LONGEST)
    refuse(where, value, `a whole number of bars from ${least} to ${LONGEST}`);
  return value;
}

/** A finite number in [min, max]. */
export function ranged(where: string, value: number, min: number, max: number): number {
  if (!(value >= min && value <= max)) refuse(where, value, `a number from ${min} to ${max}`);
  return value;
}

/** A finite number. */
export function finite(where: string, value: number): number {
  if (!Number.isFinite(value)) refuse(where, value, 'a finite number');
  return value;
}

/** A finite number above zero. */
export function positive(where: string, value: number): number {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) refuse(where, value, 'a positive number');
  return value;
}
