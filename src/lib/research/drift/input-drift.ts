/** Whether the channels an artifact reads are still distributed as when it was made. */
import type { DayRange, Panel } from '../../features/index.ts';
import { binnedDistance, countInBins, kolmogorovP, populationStability } from '../../learning/index.ts';
import type { PrecursorArtifact } from '../precursor/artifact.ts';
import { sampleLevels } from '../precursor/levels.ts';

export type InputDrift = {
  readonly channel: string;
  /** Windows compared with those of the fitting days. */
  readonly windows: number;
  /** Population stability index; NaN without a window. */
  readonly stability: number;
  /** Kolmogorov-Smirnov distance at the ends of the frozen bins. */
  readonly distance: number;
  /** Its probability if nothing had changed and windows were independent, which windows of one day are not: it is too small rather than too large. */
  readonly p: number;
  /** Bins frozen in the artifact by their inner edges, with the windows of the fitting days and of these in each. */
  readonly bins: {
    readonly edges: readonly number[];
    readonly frozen: readonly number[];
    readonly now: readonly number[];
  };
  readonly verdict: 'stable' | 'moved' | 'shifted' | 'unknown';
};

/** The usual reading of the population stability index (Siddiqi 2006). */
const MOVED = 0.1;
const SHIFTED = 0.25;

/** Levels of windows that do not overlap on the days asked for, against the bins frozen in the artifact. */
export function inputDrift({ features, drift }: PrecursorArtifact, panel: Panel, days: DayRange): InputDrift[] {
  const { levels } = sampleLevels(features, panel, days);
  return drift.inputs.map(({ channel, edges, counts }) => {
    const now = countInBins(edges, levels[features.channels.indexOf(channel)]!);
    const windows = now.reduce((sum, count) => sum + count, 0);
    const frozen = counts.reduce((sum, count) => sum + count, 0);
    const stability = populationStability(counts, now);
    const distance = binnedDistance(counts, now);
    return {
      channel,
      windows,
      stability,
      distance,
      p: kolmogorovP(distance, frozen, windows),
      bins: { edges, frozen: counts, now: Array.from(now) },
      verdict: verdictOf(stability),
    };
  });
}

function verdictOf(stability: number): InputDrift['verdict'] {
  if (Number.isNaN(stability)) return 'unknown';
  if (stability >= SHIFTED) return 'shifted';
  return stability >= MOVED ? 'moved' : 'stable';
}
