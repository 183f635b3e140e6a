/** Intervals of a proportion from successes among trials (Brown, Cai and DasGupta 2001 compare them). */
import { betaQuantile } from './beta.ts';
import { normalQuantile } from './normal.ts';

export type ProportionInterval = { readonly lower: number; readonly upper: number };

const unknown: ProportionInterval = { lower: 0, upper: 1 };
const undefinedInterval: ProportionInterval = { lower: Number.NaN, upper: Number.NaN };

/** Nothing is known without a trial: the whole of [0, 1]; counts or a level that cannot be give NaN. */
function degenerate(successes: number, trials: number, level: number): ProportionInterval | undefined {
  const possible = successes >= 0 && successes <= trials && trials < Number.POSITIVE_INFINITY && level > 0 && level < 1;
  if (!possible) return undefinedInterval;
  return trials === 0 ? unknown : undefined;
}

/**
 * Wilson's score interval (1927): the proportions that a normal test of `level` does not refuse.
 * @param successes in [0, trials]; both may be sums of weights
 * @param level two-sided confidence in (0, 1)
 */
export function wilson(successes: number, trials: number, level = 0.95): ProportionInterval {
  const special = degenerate(successes, trials, level);
  if (special !== undefined) return special;
  const z = normalQuantile((1 + level) / 2);
  const p = successes / trials;
  const scale = 1 + (z * z) / trials;
  const centre = (p + (z * z) / (2 * trials)) / scale;
  const half = (z / scale) * Math.sqrt((p * (1 - p)) / trials + (z * z) / (4 * trials * trials));
  return { lower: successes === 0 ? 0 : centre - half, upper: successes === trials ? 1 : centre + half };
}

/** The exact interval of Clopper and Pearson (1934): never covers less than `level`. Arguments as for `wilson`. */
export function clopperPearson(successes: number, trials: number, level = 0.95): ProportionInterval {
  const special = degenerate(successes, trials, level);
  if (special !== undefined) return special;
  const tail = (1 - level) / 2;
  return {
    lower: successes === 0 ? 0 : betaQuantile(tail, successes, trials - successes + 1),
    upper: successes === trials ? 1 : betaQuantile(1 - tail, successes + 1, trials - successes),
  };
}

/** The equal-tailed interval of the posterior under Jeffreys's prior Beta(1/2, 1/2), closed at the ends. Arguments as for `wilson`. */
export function jeffreys(successes: number, trials: number, level = 0.95): ProportionInterval {
  const special = degenerate(successes, trials, level);
  if (special !== undefined) return special;
  const tail = (1 - level) / 2;
  const a = successes + 0.5;
  const b = trials - successes + 0.5;
  return {
    lower: successes === 0 ? 0 : betaQuantile(tail, a, b),
    upper: successes === trials ? 1 : betaQuantile(1 - tail, a, b),
  };
}
