/** Searches through strategies without skill, with skill, and with skill that ends: what a verdict must tell apart. */
import type { Rng } from '../../../src/lib/core/index.ts';

export type Search = {
  returns: Float64Array;
  sets: number;
  periods: number;
  chosen: number;
  benchmark?: Float64Array;
  ledger?: { trials: number };
};

export type SearchSpec = {
  readonly sets: number;
  readonly periods: number;
  /** Correlation of the sets through a common part. */
  readonly correlation?: number;
  /** Mean return a period that the first `skilled` sets really have, until the share `ends` of the time. */
  readonly edge?: number;
  readonly skilled?: number;
  readonly ends?: number;
};

const DEVIATION = 0.01;

/** Normal returns of 1 % deviation; the best in-sample Sharpe ratio is chosen, as a search would. */
export function search(rng: Rng, spec: SearchSpec): Search {
  const { sets, periods, correlation = 0, edge = 0, skilled = 0, ends = 1 } = spec;
  const common = Float64Array.from({ length: periods }, () => rng.normal());
  const returns = new Float64Array(sets * periods);
  for (let s = 0; s < sets; s++)
    for (let t = 0; t < periods; t++) {
      const noise = Math.sqrt(correlation) * common[t]! + Math.sqrt(1 - correlation) * rng.normal();
      returns[s * periods + t] = DEVIATION * noise + (s < skilled && t < ends * periods ? edge : 0);
    }
  return { returns, sets, periods, chosen: best(returns, sets, periods) };
}

/** The best of `sets` without skill and four near copies of it: a second, narrow search around the find of a wide one. */
export function nearCopies(rng: Rng, { sets, periods }: { sets: number; periods: number }): Search {
  const wide = search(rng, { sets, periods });
  const find = wide.returns.subarray(wide.chosen * periods, (wide.chosen + 1) * periods);
  const returns = Float64Array.from(
    { length: 5 * periods },
    (_, i) => find[i % periods]! + (i < periods ? 0 : 0.1 * DEVIATION * rng.normal()),
  );
  return { returns, sets: 5, periods, chosen: best(returns, 5, periods), ledger: { trials: sets + 4 } };
}

/** Random long or flat positions, held for about ten periods, on a market that drifts upwards with fat tails. */
export function randomTiming(
  rng: Rng,
  { sets, periods }: { sets: number; periods: number },
): Search & { benchmark: Float64Array } {
  const benchmark = Float64Array.from({ length: periods }, () => {
    const calm = rng.next() < 0.9 ? 0.008 : 0.02;
    return 0.0006 + calm * rng.normal();
  });
  const returns = new Float64Array(sets * periods);
  for (let s = 0; s < sets; s++) {
    let position = rng.integer(2);
    for (let t = 0; t < periods; t++) {
      if (rng.next() < 0.1) position = rng.integer(2);
      returns[s * periods + t] = position * benchmark[t]!;
    }
  }
  return { returns, sets, periods, benchmark, chosen: best(returns, sets, periods) };
}

function best(returns: Float64Array, sets: number, periods: number): number {
  let chosen = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (let s = 0; s < sets; s++) {
    let sum = 0;
    let square = 0;
    for (let t = s * periods; t < (s + 1) * periods; t++) {
      sum += returns[t]!;
      square += returns[t]! ** 2;
    }
    const score = sum / Math.sqrt(square);
    if (score > highest) {
      highest = score;
      chosen = s;
    }
  }
  return chosen;
}
