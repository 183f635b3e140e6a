/** Permutation tests of many clusters at once: the single-step max-T procedure (Westfall and Young 1993). */
import { createRng } from '../../core/index.ts';
import type { AlertTable } from '../alerts/alert-table.ts';
import { exchangeLists } from '../events/exchange.ts';
import type { Outcomes } from './outcomes.ts';

export type MaxTOptions = {
  readonly permutations: number;
  readonly seed: number;
  /** Clusters that are tested, by number: all that have the support, whatever came after them. */
  readonly family: readonly number[];
};

export type MaxT = {
  /** Standardised successes of each cluster of the family: how many standard deviations above what exchanged instruments give. */
  readonly statistic: Float64Array;
  /** Probability that the largest statistic of the family is as large when events have nothing to do with instruments; at least 1 / (permutations + 1). */
  readonly p: Float64Array;
};

/**
 * Exchanges the lists of events between the instruments of each day, which keeps the days' and the session's rates of events, their bursts
 * and the overlap of alerts; lists of many events go to instruments that have many (`exchangeLists`), so that a cluster gains nothing by
 * firing where events are frequent anyway. The family-wise error holds under any dependence between clusters.
 */
export function maxT(alerts: AlertTable, outcomes: Outcomes, horizonRows: number, options: MaxTOptions): MaxT {
  const { permutations, family } = options;
  const size = family.length;
  const counts = permutedSuccesses(alerts, outcomes, options);
  const observed = new Float64Array(size);
  const place = new Map(family.map((cluster, k) => [cluster, k]));
  for (const { alerts: indices } of outcomes.days)
    for (const i of indices) {
      const k = place.get(alerts.cluster[i]!);
      if (k !== undefined && outcomes.lead[i]! <= horizonRows) observed[k]!++;
    }
  const largest = new Float64Array(permutations).fill(Number.NEGATIVE_INFINITY);
  const statistic = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    const own = counts.subarray(k * permutations, (k + 1) * permutations);
    const mean = own.reduce((sum, c) => sum + c, 0) / permutations;
    const deviation = Math.sqrt(own.reduce((sum, c) => sum + (c - mean) ** 2, 0) / permutations);
    // Where no permutation changes anything nothing can be said: the statistic is 0 everywhere.
    const standardised = (count: number): number => (deviation > 0 ? (count - mean) / deviation : 0);
    statistic[k] = standardised(observed[k]!);
    for (let b = 0; b < permutations; b++) largest[b] = Math.max(largest[b]!, standardised(own[b]!));
  }
  const p = statistic.map((t) => (1 + largest.reduce((n, m) => n + (m >= t ? 1 : 0), 0)) / (permutations + 1));
  return { statistic, p };
}

/** Successes of each cluster of the family (outer) in each permutation (inner). */
function permutedSuccesses(alerts: AlertTable, { days }: Outcomes, options: MaxTOptions): Float64Array {
  const { permutations, family, seed } = options;
  const counts = new Float64Array(family.length * permutations);
  const rng = createRng(seed).fork('max-t');
  const place = new Map(family.map((cluster, k) => [cluster, k]));
  for (const day of days) {
    const order = Int32Array.from({ length: day.width }, (_, k) => k);
    const tested = day.alerts.flatMap((i, n) => {
      const k = place.get(alerts.cluster[i]!);
      return k === undefined ? [] : [{ offset: k * permutations, row: n * day.width, place: day.places[n]! }];
    });
    if (tested.length === 0) continue;
    for (let b = 0; b < permutations; b++) {
      exchangeLists(order, day, rng);
      for (const { offset, row, place: own } of tested) counts[offset + b]! += day.hits[row + order[own]!]!;
    }
  }
  return counts;
}
