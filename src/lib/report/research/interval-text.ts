/** A range of shares as text. */
import type { ProportionInterval } from '../../statistics/index.ts';
import { formatPercent, MISSING } from '../format.ts';

/** `12.3% to 45.6%`; `n/a` where nothing was counted. */
export function intervalText({ lower, upper }: ProportionInterval, count: number): string {
  return count === 0 ? MISSING : `${formatPercent(lower, 1)} to ${formatPercent(upper, 1)}`;
}
