/**
 * Has a success rate decayed? Page's cumulative sum (1954) for outcomes yes or no, the quickest such test for a given rate of false alarms
 * (Moustakides 1986), counted in whole failures: a failure adds one, a success forgives a fixed number of them, never below none.
 */

export type DecayRates = {
  /** Probability of success that was promised, (0, 1). */
  readonly promised: number;
  /** Probability once what was found no longer works, below `promised`: the rate at moments taken at random. */
  readonly decayed: number;
};

/**
 * Failures that one success forgives: the ratio of what each says about promised against decayed (Wald's likelihood ratio), at least 1.
 * NaN when the rates are not 0 < decayed < promised < 1.
 */
export function forgivenFailures({ promised, decayed }: DecayRates): number {
  if (!(decayed > 0 && decayed < promised && promised < 1)) return Number.NaN;
  return Math.max(1, Math.round(Math.log(promised / decayed) / Math.log((1 - decayed) / (1 - promised))));
}

/**
 * What an outcome tells on average, in nats, once the rate has decayed: the relative entropy of the two. Delays to the alarm are about
 * in proportion to one over it (Lorden 1971). NaN when the rates are not 0 < decayed < promised < 1.
 */
export function decayInformation({ promised, decayed }: DecayRates): number {
  if (!(decayed > 0 && decayed < promised && promised < 1)) return Number.NaN;
  return decayed * Math.log(decayed / promised) + (1 - decayed) * Math.log((1 - decayed) / (1 - promised));
}

/**
 * Outcomes that pass on average before the alarm, from a fresh start, when each succeeds with probability `rate`: exact, by the
 * recursion of expected times over the states 0 … limit (Brook and Evans 1972). Infinite for a rate of 1; NaN for one outside [0, 1],
 * and for failures forgiven or a limit that are no whole numbers from 0 on.
 */
export function outcomesToAlarm(rate: number, forgiven: number, limit: number): number {
  return sumToAlarm({ rate, forgiven, limit }, () => 1);
}

/**
 * Excess at which a sum that has long been running stands on average while outcomes succeed with probability `rate`, alarms and fresh starts
 * included. Started from there a decay is noticed as soon as in mid-stream; started from none, later by as many failures. NaN as
 * `outcomesToAlarm`; 0 where that is infinite.
 */
export function usualExcess(rate: number, forgiven: number, limit: number): number {
  const outcomes = outcomesToAlarm(rate, forgiven, limit);
  if (outcomes === 0 || outcomes === Number.POSITIVE_INFINITY) return 0;
  return sumToAlarm({ rate, forgiven, limit }, (excess) => excess) / outcomes;
}

type Chain = { readonly rate: number; readonly forgiven: number; readonly limit: number };

/** Expected sum of what the states cost that are passed through from none to the alarm. */
function sumToAlarm({ rate, forgiven, limit }: Chain, cost: (excess: number) => number): number {
  const possible = rate >= 0 && rate <= 1 && [forgiven, limit].every((n) => Number.isInteger(n) && n >= 0);
  if (!possible) return Number.NaN;
  if (limit === 0) return 0;
  if (rate === 1) return Number.POSITIVE_INFINITY;
  // By how much the expected sum from state s is above that from 0; it is 0 at the limit.
  const above = [0];
  for (let s = 0; s < limit; s++)
    above.push((above[s]! - cost(s) - rate * above[Math.max(0, s - forgiven)]!) / (1 - rate));
  return 0 - above[limit]!;
}

export interface SuccessDecay {
  /**
   * Takes an outcome; true when it raises the alarm, after which counting starts anew.
   * @param forgiven failures that it forgives as a success: `forgivenFailures` of the rates that held for it
   */
  push(success: boolean, forgiven: number): boolean;
  /** Failures not forgiven. */
  readonly excess: number;
  /** Outcomes since the excess was last nought. */
  readonly outcomes: number;
  /** Successes among them. */
  readonly successes: number;
}

/**
 * @param limit excess that raises the alarm
 * @param start excess to begin with: `usualExcess` for one that is to watch as well from the first outcome on as later
 */
export function successDecay(limit: number, start = 0): SuccessDecay {
  let excess = start;
  let outcomes = 0;
  let successes = 0;
  return {
    push: (success, forgiven) => {
      if (excess >= limit) excess = 0;
      if (excess === 0) [outcomes, successes] = [0, 0];
      outcomes++;
      if (success) successes++;
      excess = success ? Math.max(0, excess - forgiven) : excess + 1;
      return excess >= limit;
    },
    get excess() {
      return excess;
    },
    get outcomes() {
      return outcomes;
    },
    get successes() {
      return successes;
    },
  };
}
