/** What an artifact carries along to be watched by: how inputs were distributed, and how many failures are too many. */
import { forgivenFailures, freezeBins, outcomesToAlarm } from '../../learning/index.ts';
import { betaQuantile } from '../../statistics/index.ts';
import type { Precursor, PrecursorArtifact } from '../precursor/artifact.ts';
import type { LevelSample } from '../precursor/levels.ts';
import { decayRates } from '../precursor/promise.ts';

const BINS = 10;
/** Trading days in which one false alarm is put up with, over all precursors. */
const FALSE_ALARM_DAYS = 250;
/** False alarms expected in them: fewer than one, for survivors were chosen for rates that luck has helped. */
const EXPECTED = 2 / 3;
const LEAST_EXCESS = 3;
const MOST_EXCESS = 500;

/** What the true rate may be behind so many successes: middles of fifths of its posterior (Jeffreys' prior), equally likely. */
function likelyRates({ alerts, rate }: Precursor['promised']): number[] {
  const successes = rate * alerts;
  return [0.1, 0.3, 0.5, 0.7, 0.9].map((p) => betaQuantile(p, successes + 0.5, alerts - successes + 0.5));
}

/**
 * Excesses of failures that raise the alarm, one a precursor, that expect two false alarms in 750 days from all of them, at
 * the least sum of excesses: each step up goes where it spares most false alarms. A rate promised after few alerts may be lower in truth,
 * and is given more room.
 * @param perDay alerts of each precursor a day
 */
export function excessLimits(promised: readonly Precursor['promised'][], perDay: readonly number[]): number[] {
  const limits = promised.map(() => LEAST_EXCESS);
  const falseAlarms = promised.map((p, k) => {
    const forgiven = forgivenFailures(decayRates(p));
    const rates = likelyRates(p).map((rate) => decayRates({ ...p, rate }).promised);
    return (limit: number): number =>
      (FALSE_ALARM_DAYS *
        perDay[k]! *
        rates.reduce((sum, rate) => sum + 1 / outcomesToAlarm(rate, forgiven, limit), 0)) /
      rates.length;
  });
  const spared = falseAlarms.map((count, k) => count(limits[k]!) - count(limits[k]! + 1));
  let expected = falseAlarms.reduce((sum, count, k) => sum + count(limits[k]!), 0);
  while (expected > EXPECTED) {
    const k = spared.indexOf(Math.max(...spared));
    if (limits[k]! >= MOST_EXCESS) break;
    limits[k]!++;
    expected -= spared[k]!;
    spared[k] = falseAlarms[k]!(limits[k]!) - falseAlarms[k]!(limits[k]! + 1);
  }
  return limits;
}

export function frozenInputs(
  channels: readonly string[],
  { levels }: LevelSample,
): PrecursorArtifact['drift']['inputs'] {
  return channels.map((channel, c) => ({ channel, ...freezeBins(levels[c]!, BINS) }));
}
