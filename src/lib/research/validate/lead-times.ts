/** How long after an alert the event comes, when many alerts are never followed by one (Kaplan and Meier 1958). */
import { quantileSorted } from '../../statistics/index.ts';

export type LeadTimes = {
  /** Probability that no event has come after 1, 2, … steps, up to the horizon. */
  readonly waiting: readonly number[];
  /** Steps after which half of the alerts have had their event; NaN when fewer have within the horizon. */
  readonly median: number;
  /** Quartiles of the steps of those that had one within the horizon; NaN without. */
  readonly quartiles: readonly [number, number, number];
};

/**
 * @param lead steps to the event, Infinity without
 * @param followed steps over which it could have been seen: the censoring time
 */
export function leadTimes(lead: ArrayLike<number>, followed: ArrayLike<number>, horizonRows: number): LeadTimes {
  const waiting: number[] = [];
  let survival = 1;
  let median = Number.NaN;
  for (let step = 1; step <= horizonRows; step++) {
    let atRisk = 0;
    let came = 0;
    for (let i = 0; i < lead.length; i++) {
      const seen = lead[i]! <= followed[i]!;
      const end = seen ? lead[i]! : followed[i]!;
      // Times between two steps belong to the later one; who is lost in a step was still at risk in it.
      if (end <= step - 1) continue;
      atRisk++;
      if (seen && end <= step) came++;
    }
    if (atRisk > 0) survival *= 1 - came / atRisk;
    if (Number.isNaN(median) && survival <= 0.5) median = step;
    waiting.push(survival);
  }
  const seen = Float64Array.from(lead)
    .filter((l, i) => l <= followed[i]!)
    .sort();
  return {
    waiting,
    median,
    quartiles: [0.25, 0.5, 0.75].map((p) => quantileSorted(seen, p)) as [number, number, number],
  };
}
