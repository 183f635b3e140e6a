/** What an undefined figure is: NaN, never an infinity. */

/** The value, or NaN when it is infinite. */
export function defined(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}

/** a / b; NaN when b is zero or either is not finite, because a ratio to nothing has no size to report. */
export function quotient(a: number, b: number): number {
  return b === 0 ? Number.NaN : defined(a / b);
}
