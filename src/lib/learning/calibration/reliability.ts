/** How far probabilities can be believed: the Brier score and the reliability curve. */
import { invariant } from '../../core/index.ts';
import { type ProportionInterval, wilson } from '../../statistics/index.ts';

/**
 * Mean squared distance of probabilities from outcomes 0 or 1 (Brier 1950): 0 is perfect, 0.25 is a coin.
 * A pair with a missing member is left out; NaN without a pair.
 */
export function brier(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): number {
  invariant(probabilities.length === outcomes.length, `${probabilities.length} for ${outcomes.length} outcomes`);
  let sum = 0;
  let count = 0;
  for (let i = 0; i < outcomes.length; i++) {
    const miss = probabilities[i]! - outcomes[i]!;
    if (Number.isNaN(miss)) continue;
    sum += miss * miss;
    count++;
  }
  return sum / count;
}

export type ReliabilityBin = {
  readonly count: number;
  readonly meanProbability: number;
  readonly successShare: number;
  /** Wilson's 95 % interval of the share. */
  readonly interval: ProportionInterval;
};

/** Predicted against seen in at most `bins` groups of equal counts, by ascending probability; equal probabilities stay together. */
export function reliability(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  bins = 10,
): readonly ReliabilityBin[] {
  invariant(probabilities.length === outcomes.length, `${probabilities.length} for ${outcomes.length} outcomes`);
  const rows = Array.from({ length: outcomes.length }, (_, i) => i)
    .filter((i) => !Number.isNaN(probabilities[i]! + outcomes[i]!))
    .sort((a, b) => probabilities[a]! - probabilities[b]! || a - b);
  const curve: ReliabilityBin[] = [];
  let from = 0;
  for (let bin = 1; bin <= bins; bin++) {
    let to = Math.max(from, Math.round((bin * rows.length) / bins));
    while (to > from && to < rows.length && probabilities[rows[to]!] === probabilities[rows[to - 1]!]) to++;
    if (to === from) continue;
    const members = rows.slice(from, to);
    const successes = members.reduce((sum, row) => sum + outcomes[row]!, 0);
    curve.push({
      count: members.length,
      meanProbability: members.reduce((sum, row) => sum + probabilities[row]!, 0) / members.length,
      successShare: successes / members.length,
      interval: wilson(successes, members.length),
    });
    from = to;
  }
  return curve;
}
