/** A day's lists of events dealt to other instruments, busy ones getting the long lists as often as they have them. */
import { type Rng, shuffle } from '../../core/index.ts';

export type DayLists = {
  /** Events of each list; list k is that of the k-th instrument present. */
  readonly sizes: ArrayLike<number>;
  /** Rate of each instrument present, as by `eventRates`. */
  readonly rates: ArrayLike<number>;
  /** Whether all those rates are the same. */
  readonly even: boolean;
};

/**
 * Moves `order` (the list at each place) on to the next draw. With even rates every order is as likely, and draws are independent. Otherwise
 * an order has the probability that instruments with Poisson counts of these rates give it, the product of rate ^ events over places:
 * one sweep of exchanges of pairs, each accepted by the ratio of the two (Metropolis and others 1953).
 */
export function exchangeLists(order: Int32Array, { sizes, rates, even }: DayLists, rng: Rng): void {
  if (even) {
    shuffle(order, rng);
    return;
  }
  for (let i = order.length - 1; i > 0; i--) {
    const j = rng.integer(i + 1);
    const [a, b] = [order[i]!, order[j]!];
    const ratio = (rates[i]! / rates[j]!) ** (sizes[b]! - sizes[a]!);
    if (ratio < 1 && rng.next() >= ratio) continue;
    order[i] = b;
    order[j] = a;
  }
}

/**
 * Probability for each place that its list holds an event in some stretch of the day, when `hits` of the lists do: events come to an
 * instrument of rate r with the probability 1 - exp(-r h), h such that all together expect as many.
 * @param apart a place whose list is not among those that were counted
 */
export function chancesAt(
  { rates, even }: Pick<DayLists, 'rates' | 'even'>,
  hits: number,
  apart?: number,
): (place: number) => number {
  const places = rates.length - (apart === undefined ? 0 : 1);
  if (even || hits === 0 || hits === places) return () => hits / places;
  let hazard = 0;
  // Newton's method from below on a concave function: every step stays below the root.
  for (let step = 0; step < 50; step++) {
    let missing = hits;
    let slope = 0;
    for (let k = 0; k < rates.length; k++) {
      if (k === apart) continue;
      const none = Math.exp(-rates[k]! * hazard);
      missing -= 1 - none;
      slope += rates[k]! * none;
    }
    hazard += missing / slope;
    if (missing < 1e-10 * hits) break;
  }
  return (place) => 1 - Math.exp(-rates[place]! * hazard);
}
