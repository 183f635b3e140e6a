/** What an artifact carries along to be watched by: how inputs were distributed, and how many failures are too many. */
import { decayInformation, forgivenFailures, freezeBins, outcomesToAlarm } from '../../learning/index.ts';
import { betaQuantile } from '../../statistics/index.ts';
import type { Precursor, PrecursorArtifact } from '../precursor/artifact.ts';
import type { LevelSample } from '../precursor/levels.ts';
import { decayRates } from '../precursor/promise.ts';

const BINS = 10;
/** Trading days in which one false alarm is put up with, over all precursors. */
const FALSE_ALARM_DAYS = 250;
/** Nats an alert below which a decay is not waited for: it would take more than some forty alerts to notice. */
const LEAST_INFORMATION = 0.1;
const LEAST_EXCESS = 3;
const MOST_EXCESS = 500;

/** What the true rate may be behind so many successes: middles of fifths of its posterior (Jeffreys' prior), equally likely. */
function likelyRates({ alerts, rate }: Precursor['promised']): number[] {
  const successes = rate * alerts;
  return [0.1, 0.3, 0.5, 0.7, 0.9].map((p) => betaQuantile(p, successes + 0.5, alerts - successes + 0.5));
}

/**
 * Excesses of failures that raise the alarm, one a precursor: the least that together expect no more than one false alarm in 250 days.
 * Each precursor has a share of it, in proportion to one over the cube of what its alerts tell once it has decayed. A delay being about ln(1 / share) over
 * that, this is where the sum of the cubes of delays is least: the strong are noticed some alerts later, the weak, which are waited for longest,
 * much sooner. A rate promised after few alerts may be lower in truth, and is given more room.
 * @param perDay alerts of each precursor a day
 */
export function excessLimits(promised: readonly Precursor['promised'][], perDay: readonly number[]): number[] {
  const weights = promised.map((p, k) =>
    perDay[k]! > 0 ? Math.max(LEAST_INFORMATION, decayInformation(decayRates(p))) ** -3 : 0,
  );
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return promised.map((p, k) => {
    const forgiven = forgivenFailures(decayRates(p));
    const rates = likelyRates(p).map((rate) => decayRates({ ...p, rate }).promised);
    const falseAlarms = (limit: number): number =>
      (FALSE_ALARM_DAYS *
        perDay[k]! *
        rates.reduce((sum, rate) => sum + 1 / outcomesToAlarm(rate, forgiven, limit), 0)) /
      rates.length;
    let limit = LEAST_EXCESS;
    while (limit < MOST_EXCESS && falseAlarms(limit) > weights[k]! / all) limit++;
    return limit;
  });
}

export function frozenInputs(
  channels: readonly string[],
  { levels }: LevelSample,
): PrecursorArtifact['drift']['inputs'] {
  return channels.map((channel, c) => ({ channel, ...freezeBins(levels[c]!, BINS) }));
}
