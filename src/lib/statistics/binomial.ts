/** The binomial distribution through the beta distribution. */
import { incompleteBeta } from './beta.ts';

/**
 * P(X <= successes) of X ~ Binomial(trials, p) (Abramowitz and Stegun 1964, 26.5.24).
 * @param successes any number, counted down to the integer below; NaN when `trials` is negative or `p` is outside [0, 1]
 */
export function binomialCdf(successes: number, trials: number, p: number): number {
  if (!(trials >= 0 && p >= 0 && p <= 1) || Number.isNaN(successes)) return Number.NaN;
  const k = Math.floor(successes);
  if (k < 0) return 0;
  if (k >= trials) return 1;
  return incompleteBeta(1 - p, trials - k, k + 1);
}
