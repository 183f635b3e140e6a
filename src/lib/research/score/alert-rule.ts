/** What makes a detection an alert: it passes all gates, it is likely enough, and the budget of its day is not spent. */

import type { DailyBudget } from '../alerts/budget.ts';
import type { PrecursorArtifact } from '../precursor/artifact.ts';
import { passes } from '../precursor/gates.ts';
import { levelOf } from '../precursor/levels.ts';
import { probabilityOf } from '../precursor/probability.ts';
import type { Detection } from './detector.ts';

/** Of an artifact, or of one that is being made. */
export type AlertTerms = Pick<PrecursorArtifact, 'features' | 'gates' | 'probability'> & {
  readonly budget: Pick<PrecursorArtifact['budget'], 'threshold'>;
};

/** An alert, or what kept it back first. */
export type Verdict = 'alert' | 'gated' | 'unlikely' | 'overBudget';

/** Judges detections in the order they come; an alert spends one of the budget. */
export function alertRule(
  { features, gates, probability, budget: { threshold } }: AlertTerms,
  budget: DailyBudget,
): (detection: Omit<Detection, 'vector'>, day: number) => Verdict {
  const channels = gates.map(({ channel }) => features.channels.indexOf(channel));
  return (detection, day) => {
    for (let g = 0; g < gates.length; g++)
      if (!passes(gates[g]!, levelOf(features, detection.coefficients, channels[g]!))) return 'gated';
    if (!(probabilityOf(probability, detection) >= threshold)) return 'unlikely';
    return budget.take(day) ? 'alert' : 'overBudget';
  };
}
