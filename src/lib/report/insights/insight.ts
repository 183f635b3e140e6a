/** An insight: something the figures of a run say, with its evidence and what to do next. */
import type { MetricUnit } from '../../metrics/index.ts';

export type Severity = 'critical' | 'caution' | 'note' | 'good';

export type Evidence = { readonly label: string; readonly value: number; readonly unit: MetricUnit };

export type NextStep = {
  /** A command that runs as it stands. */
  readonly command: string;
  readonly why: string;
};

export type Insight = {
  /** Stable name: `costs/high-share`. */
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  /** One or two sentences built from the evidence. */
  readonly text: string;
  readonly evidence: readonly Evidence[];
  readonly next?: NextStep;
};

export const severities = ['critical', 'caution', 'note', 'good'] as const satisfies readonly Severity[];
