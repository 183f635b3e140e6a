/** Finds what recurs: candidates on discovery days, clustered in their embedding, without a look at any event. */
import { SigmaError } from '../../core/index.ts';
import type { DayRange, FeatureModel, Panel } from '../../features/index.ts';
import { hdbscan, kMeans } from '../../learning/index.ts';
import { researchDefaults } from '../defaults.ts';
import { type Candidates, findCandidates } from './candidates.ts';
import { type Clusters, describeClusters } from './clusters.ts';

export type DiscoverOptions = {
  /** Days whose candidates are clustered: those on which the features were fitted, or fewer. */
  readonly days?: DayRange;
  /** Fewest candidates that make a cluster. */
  readonly minCluster?: number;
  /** Neighbours within which a candidate must lie dense. */
  readonly minSamples?: number;
  /** `leaf` keeps the finest clusters apart, `eom` joins them where the whole is steadier. */
  readonly selection?: 'leaf' | 'eom';
  /** So many round clusters instead, to which every candidate belongs. */
  readonly kMeans?: { readonly clusters: number; readonly seed: number };
};

export type Discovery = {
  readonly candidates: Candidates;
  /** Cluster of each candidate from 0, -1 for none. */
  readonly labels: Int32Array;
  /** How surely each belongs to it, 0 to 1. */
  readonly probabilities: Float64Array;
  readonly clusters: Clusters;
};

/**
 * No cluster at all is a result: `clusters.size` is then empty.
 * @throws SigmaError study/too-short when days are asked for that the features were not fitted on
 */
export function discover(model: FeatureModel, panel: Panel, options: DiscoverOptions = {}): Discovery {
  const { days = model.trained } = options;
  if (days.from < model.trained.from || days.to > model.trained.to)
    throw new SigmaError('study/too-short', 'clusters can be found only on days that the features were fitted on', {
      where: `days ${days.from} to ${days.to}`,
      hint: `the features were fitted on days ${model.trained.from} to ${model.trained.to}`,
    });
  const candidates = findCandidates(model, panel, days);
  const { labels, probabilities } = groups(candidates, options);
  return { candidates, labels, probabilities, clusters: describeClusters(model, candidates, labels, probabilities) };
}

function groups({ vectors }: Candidates, options: DiscoverOptions): Pick<Discovery, 'labels' | 'probabilities'> {
  const { minCluster, minSamples, selection } = { ...researchDefaults.clustering, ...options };
  if (options.kMeans === undefined) return hdbscan(vectors, { minClusterSize: minCluster, minSamples, selection });
  const { clusters, seed } = options.kMeans;
  if (vectors.rows < clusters)
    return { labels: new Int32Array(vectors.rows).fill(-1), probabilities: new Float64Array(vectors.rows) };
  const { labels } = kMeans(vectors, { clusters, start: { seed } });
  return { labels, probabilities: new Float64Array(vectors.rows).fill(1) };
}
