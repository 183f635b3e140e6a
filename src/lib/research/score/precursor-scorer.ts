/** An artifact at work: rows in, alerts out. The one object behind backtests, live sessions and batches. */
import type { StreamOptions } from '../../features/index.ts';
import { type DailyBudget, dailyBudget } from '../alerts/budget.ts';
import type { PrecursorArtifact } from '../precursor/artifact.ts';
import type { Gate } from '../precursor/gates.ts';
import { levelOf } from '../precursor/levels.ts';
import { probabilityOf } from '../precursor/probability.ts';
import { alertRule } from './alert-rule.ts';
import { type Contribution, contributor } from './contributions.ts';
import { detector } from './detector.ts';

export type GateReading = Gate & {
  /** Level of the channel over the window, in robust deviations from usual. */
  readonly value: number;
};

export type PrecursorAlert = {
  readonly symbol: string;
  readonly day: number;
  /** Slot of the row in which the alert became known. */
  readonly slot: number;
  /** Number of the precursor's cluster in its discovery. */
  readonly cluster: number;
  /** 1 at the centroid, 0 at the edge of the cluster. */
  readonly score: number;
  /** Calibrated probability that an event follows within the artifact's horizon. */
  readonly probability: number;
  /** All passed. */
  readonly gates: readonly GateReading[];
  /** The coefficients that count most, the largest first. */
  readonly contributions: readonly Contribution[];
};

/** One instrument's rows. */
export interface PrecursorStream {
  /** Takes the next row: the channels in the artifact's order, its slot and its day. Allocates only for an alert. */
  push(values: ArrayLike<number>, slot: number, day: number): PrecursorAlert | undefined;
}

export interface PrecursorScorer {
  /**
   * A new stream for an instrument; all streams of a scorer share the budget.
   * @throws SigmaError usage/unknown-instrument where the artifact scales each instrument by itself and never saw this one
   */
  stream(symbol: string, options?: Pick<StreamOptions, 'spareRows'>): PrecursorStream;
  /** Detections so far, and what became of those that are no alerts. */
  readonly counts: {
    readonly detections: number;
    readonly gated: number;
    readonly unlikely: number;
    readonly overBudget: number;
  };
  readonly budget: DailyBudget;
}

/**
 * First come, first served: rows of several instruments must be pushed in the order they became known.
 * @param before the scorer that it takes the place of in the middle of a day: alerts that it gave count against the day's budget
 */
export function precursorScorer(
  artifact: PrecursorArtifact,
  before?: Pick<PrecursorScorer, 'budget'>,
): PrecursorScorer {
  const budget = dailyBudget(artifact.budget.perDay, before?.budget);
  const counts = { detections: 0, gated: 0, unlikely: 0, overBudget: 0 };
  return {
    stream: (symbol, options) => scoringStream(artifact, { ...options, symbol }, budget, counts),
    counts,
    budget,
  };
}

type Counts = { -readonly [K in keyof PrecursorScorer['counts']]: number };

function scoringStream(
  artifact: PrecursorArtifact,
  options: StreamOptions & { readonly symbol: string },
  budget: DailyBudget,
  counts: Counts,
): PrecursorStream {
  const { features, precursors, gates, probability } = artifact;
  const own = detector(artifact, options);
  const contributions = contributor(artifact);
  const verdictOn = alertRule(artifact, budget);

  return {
    push: (values, slot, day) => {
      if (!own.push(values, slot, day)) return undefined;
      counts.detections++;
      const verdict = verdictOn(own, day);
      if (verdict !== 'alert') {
        counts[verdict]++;
        return undefined;
      }
      return {
        symbol: options.symbol,
        day,
        slot,
        cluster: precursors[own.precursor]!.cluster,
        score: own.membership,
        probability: probabilityOf(probability, own),
        gates: gates.map((gate) => ({
          ...gate,
          value: levelOf(features, own.coefficients, features.channels.indexOf(gate.channel)),
        })),
        contributions: contributions(own),
      };
    },
  };
}
