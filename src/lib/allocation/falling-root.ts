/** Where a falling function crosses 0: chords find the root of a straight piece at once, halvings in between keep a bent one from lingering. */

const STEPS = 240;

export type Bracket = {
  /** The function is above 0 at `low` and not above it at `high`. */
  readonly low: number;
  readonly high: number;
  /** What it is there, where that is known already. */
  readonly above?: number;
  readonly below?: number;
  /** Width at which the search ends, and size of the function that counts as 0; both >= 0. */
  readonly width: number;
  readonly zero: number;
};

/** @returns a point in (low, high] where the function is not above `zero` */
export function fallingRoot(f: (x: number) => number, bracket: Bracket): number {
  const { width, zero } = bracket;
  let { low, high, above = f(low), below = f(high) } = bracket;
  for (let step = 0; step < STEPS && high - low > width; step++) {
    const middle = low + (high - low) / 2;
    const chord = low + ((high - low) * above) / (above - below);
    const x = step % 2 === 0 && chord > low && chord < high ? chord : middle;
    if (x <= low || x >= high) break;
    const value = f(x);
    if (value > zero) {
      low = x;
      above = value;
    } else {
      high = x;
      below = value;
      if (value >= -zero) break;
    }
  }
  return high;
}
