/** Watches, alert by alert, whether they still succeed as often as their artifact promised: behind the report of drift and the acceptance experiment. */
import { forgivenFailures, successDecay, usualExcess } from '../../learning/index.ts';
import { binomialCdf } from '../../statistics/index.ts';
import type { PrecursorArtifact } from '../precursor/artifact.ts';
import { decayRates } from '../precursor/promise.ts';

/** An alert once it is known whether an event followed. */
export type ResolvedAlert = {
  /** Number of its cluster in the artifact. */
  readonly cluster: number;
  readonly success: boolean;
  /** Probability of success of an alert that says nothing (`Outcomes.othersChance`); the base of its promise when it is not known. */
  readonly chance?: number | undefined;
};

export type DecayAlarm = {
  readonly cluster: number;
  /** The last so many resolved alerts of the cluster, since it last kept its promise, and the successes among them. */
  readonly alerts: number;
  readonly successes: number;
  readonly promised: number;
  /** Probability of so few successes if the promise were kept, of these alerts alone. */
  readonly p: number;
};

export interface DecayWatch {
  /** Takes the next resolved alert; clusters that the artifact does not know are passed over. */
  push(alert: ResolvedAlert): DecayAlarm | undefined;
}

/** Each precursor is watched from the excess of failures on at which a watch that has long been running usually stands. */
export function decayWatch({ precursors }: Pick<PrecursorArtifact, 'precursors'>): DecayWatch {
  const watches = new Map(
    precursors.map(({ cluster, promised, excessLimit }) => {
      const rates = decayRates(promised);
      const start = Math.round(usualExcess(rates.promised, forgivenFailures(rates), excessLimit));
      return [cluster, { promised, decay: successDecay(excessLimit, start) }];
    }),
  );
  return {
    push: ({ cluster, success, chance }) => {
      const watch = watches.get(cluster);
      if (watch === undefined) return undefined;
      const { decay, promised } = watch;
      if (!decay.push(success, forgivenFailures(decayRates(promised, chance)))) return undefined;
      const { outcomes: alerts, successes } = decay;
      return { cluster, alerts, successes, promised: promised.rate, p: binomialCdf(successes, alerts, promised.rate) };
    },
  };
}
