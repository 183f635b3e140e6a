/** Everything the figures of a run say, the gravest first. */
import type { RunView } from '../run-view.ts';
import { benchmarkInsights } from './benchmark.ts';
import { concentrationInsights } from './concentration.ts';
import { costInsights } from './costs.ts';
import { excursionInsights } from './excursions.ts';
import { factsOf } from './facts.ts';
import { type Insight, severities } from './insight.ts';
import { luckInsights } from './luck.ts';
import { regimeInsights } from './regimes.ts';
import { robustnessInsights } from './robustness.ts';
import { timingInsights } from './timing.ts';

/** Insights by severity, then in a fixed order; empty for a run without trades or equity. */
export function insights(view: RunView): Insight[] {
  if (view.result.trades.length === 0 || view.result.equity.time.length === 0) return [];
  const facts = factsOf(view);
  const all = [
    ...luckInsights(view),
    ...costInsights(view, facts),
    ...benchmarkInsights(view),
    ...regimeInsights(view),
    ...concentrationInsights(view, facts),
    ...robustnessInsights(view),
    ...timingInsights(view, facts),
    ...excursionInsights(view, facts),
  ];
  return severities.flatMap((severity) => all.filter((insight) => insight.severity === severity));
}
