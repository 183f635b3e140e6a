/** The curve from first estimates to probabilities, from calibration alerts. */
import { isotonic, type MonotoneCurve } from '../../learning/index.ts';

/** Alerts that share one value at least, and as many as a first estimate counts for: three in a row promise nothing. */
const GROUP = 20;

/**
 * Isotonic regression over groups of neighbouring estimates, equal estimates in one group; each group's successes are joined by as many
 * again as its estimates expect of 20 alerts. Undefined without two full groups.
 * @param outcomes 0 or 1
 */
export function calibrate(estimates: readonly number[], outcomes: readonly number[]): MonotoneCurve | undefined {
  const order = estimates.map((_, i) => i).sort((a, b) => estimates[a]! - estimates[b]! || a - b);
  const groups: { estimate: number; outcome: number; count: number }[] = [];
  let open = { estimate: 0, outcome: 0, count: 0 };
  order.forEach((row, place) => {
    open.estimate += estimates[row]!;
    open.outcome += outcomes[row]!;
    open.count++;
    const next = order[place + 1];
    const enoughLeft = order.length - place - 1 >= GROUP || next === undefined;
    if (open.count < GROUP || !enoughLeft || (next !== undefined && estimates[next] === estimates[row])) return;
    groups.push(open);
    open = { estimate: 0, outcome: 0, count: 0 };
  });
  if (open.count > 0 && groups.length > 0) {
    const last = groups[groups.length - 1]!;
    last.estimate += open.estimate;
    last.outcome += open.outcome;
    last.count += open.count;
  }
  if (groups.length < 2) return undefined;
  return isotonic(
    groups.map((g) => g.estimate / g.count),
    groups.map((g) => (g.outcome + (GROUP * g.estimate) / g.count) / (g.count + GROUP)),
    groups.map((g) => g.count),
  );
}
