/** Test of normality. */
import type { Moments } from '../../statistics/index.ts';

/** p-value of the Jarque-Bera test: exp(-JB / 2), JB = n / 6 (S^2 + (K - 3)^2 / 4) (Jarque and Bera 1980). */
export function jarqueBeraP({ count, skewness, kurtosis }: Moments): number {
  return Math.exp(-((count / 6) * (skewness ** 2 + (kurtosis - 3) ** 2 / 4)) / 2);
}
