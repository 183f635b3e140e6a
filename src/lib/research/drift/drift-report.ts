/** Whether an artifact can still be trusted: its inputs, the success of its alerts, regime by regime, and whether it should step down. */
import type { DayRange, Panel } from '../../features/index.ts';
import { adwin, pageHinkley, type StreamTest } from '../../learning/index.ts';
import { binomialCdf, type ProportionInterval, wilson } from '../../statistics/index.ts';
import type { PrecursorArtifact } from '../precursor/artifact.ts';
import { decayRates } from '../precursor/promise.ts';
import { type DecayAlarm, decayWatch, type ResolvedAlert } from './decay-watch.ts';
import { type InputDrift, inputDrift } from './input-drift.ts';

/** A resolved alert with its place in time. */
export type DatedAlert = ResolvedAlert & {
  /** When the alert was given, UTC epoch milliseconds. */
  readonly at: number;
  readonly regime?: string | undefined;
};

export type SuccessRecord = {
  readonly alerts: number;
  readonly successes: number;
  /** NaN without alerts. */
  readonly rate: number;
  /** Wilson, 95 %. */
  readonly interval: ProportionInterval;
  /** What was promised, at the chance that these alerts had. */
  readonly expected: number;
  /** Probability of so few successes if that were kept. */
  readonly p: number;
  /** Alerts (from 0) at which tests of the mean of success less promise found it moved. */
  readonly pageHinkley: readonly number[];
  readonly adwin: readonly number[];
};

/** A resolved alert beside what was promised of it, at the chance that it had. */
export type PromisedAlert = Pick<DatedAlert, 'at' | 'success' | 'regime'> & { readonly promised: number };

export type PrecursorDrift = SuccessRecord & {
  readonly cluster: number;
  /** Its alerts in the order they were given. */
  readonly alerted: readonly PromisedAlert[];
  readonly regimes: readonly (SuccessRecord & { readonly regime: string })[];
};

export type DriftAlarm = DecayAlarm & {
  /** When the alert was given whose failure raised it. */
  readonly at: number;
  /** Resolved alerts of the cluster up to it. */
  readonly resolved: number;
};

export type DriftReport = {
  readonly artifact: string;
  readonly days: DayRange;
  readonly inputs: readonly InputDrift[];
  readonly precursors: readonly PrecursorDrift[];
  readonly alarms: readonly DriftAlarm[];
  /** Whether the artifact should be demoted: a precursor's success decayed. Inputs alone never ask for it. */
  readonly demote: boolean;
};

export type DriftInput = {
  readonly panel: Panel;
  readonly days: DayRange;
  /** In the order they were given. */
  readonly alerts: readonly DatedAlert[];
};

/** Pure: the same input gives the same report. */
export function driftReport(artifact: PrecursorArtifact, { panel, days, alerts }: DriftInput): DriftReport {
  const alarms = alarmsOf(artifact, alerts);
  return {
    artifact: artifact.name,
    days,
    inputs: inputDrift(artifact, panel, days),
    precursors: artifact.precursors.map(({ cluster, promised }) => {
      const own = alerts.filter((alert) => alert.cluster === cluster);
      const regimes = [...new Set(own.flatMap(({ regime }) => (regime === undefined ? [] : [regime])))].sort();
      return {
        cluster,
        ...recordOf(own, promised),
        alerted: own.map(({ at, success, regime, chance }) => ({
          at,
          success,
          ...(regime === undefined ? {} : { regime }),
          promised: decayRates(promised, chance).promised,
        })),
        regimes: regimes.map((regime) => ({
          regime,
          ...recordOf(
            own.filter((alert) => alert.regime === regime),
            promised,
          ),
        })),
      };
    }),
    alarms,
    demote: alarms.length > 0,
  };
}

function alarmsOf(artifact: PrecursorArtifact, alerts: readonly DatedAlert[]): DriftAlarm[] {
  const watch = decayWatch(artifact);
  const resolved = new Map<number, number>();
  return alerts.flatMap((alert) => {
    const count = (resolved.get(alert.cluster) ?? 0) + 1;
    resolved.set(alert.cluster, count);
    const alarm = watch.push(alert);
    return alarm === undefined ? [] : [{ ...alarm, at: alert.at, resolved: count }];
  });
}

/** Standard deviations do not enter: residuals of a success lie in [-1, 1]. Together about one false alarm in several thousand alerts. */
const meanTests = { pageHinkley: { minValues: 20, tolerance: 0.05, threshold: 10 }, adwin: { delta: 0.002, clock: 1 } };

function recordOf(alerts: readonly DatedAlert[], promised: Parameters<typeof decayRates>[0]): SuccessRecord {
  const successes = alerts.filter(({ success }) => success).length;
  const promises = alerts.map(({ chance }) => decayRates(promised, chance).promised);
  const expected = promises.reduce((sum, p) => sum + p, 0) / alerts.length;
  const residuals = alerts.map(({ success }, i) => Number(success) - promises[i]!);
  const moved = (test: StreamTest): number[] => residuals.flatMap((r, i) => (test.push(r) ? [i] : []));
  return {
    alerts: alerts.length,
    successes,
    rate: successes / alerts.length,
    interval: wilson(successes, alerts.length),
    expected,
    p: alerts.length === 0 ? Number.NaN : binomialCdf(successes, alerts.length, expected),
    pageHinkley: moved(pageHinkley(meanTests.pageHinkley)),
    adwin: moved(adwin(meanTests.adwin)),
  };
}
