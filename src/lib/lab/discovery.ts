/** `discovery`: what recurs on the days of discovery, found without a look at any event. */
import type { Json } from '../core/index.ts';
import { type FeatureModel, fitFeatures } from '../features/index.ts';
import { type Frame, frame } from '../frame/index.ts';
import { matrix, rowOf } from '../learning/index.ts';
import type { Rebuild, StoredArtifact } from '../registry/index.ts';
import { type Clusters, type Discovery, discover } from '../research/index.ts';
import {
  type Draft,
  describe,
  documentBytes,
  inherited,
  openArtifact,
  readDocument,
  type Saved,
  saved,
} from './artifact.ts';
import type { LabContext } from './context.ts';
import { type OpenDataset, openDataset } from './dataset.ts';
import { tableBytes } from './tables.ts';
import type { DiscoveryTerms } from './terms.ts';

const SCHEMA = 'sigma.discovery/1';

export type ClusterSummary = {
  readonly cluster: number;
  /** Candidates of the discovery days that belong to it. */
  readonly size: number;
  readonly radius: number;
  readonly exemplars: readonly { readonly symbol: string; readonly time: number }[];
};

export type DiscoverySummary = {
  readonly candidates: number;
  /** Share of them that belong to no cluster; NaN without one. */
  readonly noise: number;
  readonly clusters: readonly ClusterSummary[];
};

export type OpenDiscovery = {
  readonly artifact: StoredArtifact;
  readonly dataset: OpenDataset;
  readonly clusters: Clusters;
  readonly summary: DiscoverySummary;
};

type Stored = {
  readonly model: FeatureModel;
  readonly summary: DiscoverySummary;
  readonly centroids: readonly (readonly number[])[];
  /** Places among the candidates. */
  readonly exemplars: readonly (readonly number[])[];
};

/** No cluster at all is a result. @throws SigmaError usage/unknown-artifact, store/differs, study/too-short */
export async function makeDiscovery(
  request: { readonly dataset: string; readonly terms: DiscoveryTerms },
  context: LabContext,
): Promise<Saved & { readonly summary: DiscoverySummary }> {
  context.onStage?.('reading the data set');
  const dataset = await openDataset(request.dataset, context);
  context.onStage?.('fitting features and clustering');
  const { draft, summary } = await discoveryDraft(dataset, request.terms);
  return { ...(await saved(context, 'discovery', draft)), summary };
}

/** @throws SigmaError usage/unknown-artifact, store/differs when the data changed since */
export async function openDiscovery(
  reference: string,
  context: Pick<LabContext, 'markets' | 'store'>,
): Promise<OpenDiscovery> {
  const artifact = await openArtifact(context.store, reference, 'discovery');
  const dataset = await openDataset(artifact.manifest.parents['dataset'] ?? '', context);
  const { model, summary, centroids, exemplars } = await readDocument<Stored>(artifact, SCHEMA);
  const columns = model.pca.components.length;
  const clusters: Clusters = {
    model,
    centroids: matrix(centroids.length, columns, Float64Array.from(centroids.flat())),
    radius: Float64Array.from(summary.clusters, ({ radius }) => radius),
    size: Int32Array.from(summary.clusters, ({ size }) => size),
    exemplars: exemplars.map((places) => Int32Array.from(places)),
  };
  return { artifact, dataset, clusters, summary };
}

export const rebuildDiscovery =
  (markets: LabContext['markets']): Rebuild =>
  async ({ manifest }, store) => {
    const dataset = await openDataset(manifest.parents['dataset'] ?? '', { markets, store });
    return (await discoveryDraft(dataset, manifest.params as unknown as DiscoveryTerms)).draft; // written below
  };

async function discoveryDraft(
  dataset: OpenDataset,
  terms: DiscoveryTerms,
): Promise<{ readonly draft: Draft; readonly summary: DiscoverySummary }> {
  const { panel } = dataset.market;
  const model = fitFeatures(dataset.features, panel, dataset.summary.days.discovery);
  const found = discover(model, panel, terms);
  const summary = summaryOf(dataset, found);
  const { centroids, exemplars, size } = found.clusters;
  const stored: Stored = {
    model,
    summary,
    centroids: Array.from(size, (_size, k) => Array.from(rowOf(centroids, k))),
    exemplars: exemplars.map((places) => Array.from(places)),
  };
  const draft: Draft = {
    description: describe('discovery', {
      name: dataset.artifact.manifest.name,
      seed: terms.kMeans?.seed ?? 0,
      params: terms as unknown as Json, // plain data
      ...inherited(dataset.artifact),
      trials: size.length,
      metrics: {
        candidates: summary.candidates,
        clusters: size.length,
        ...(summary.candidates === 0 ? {} : { noise: summary.noise }),
      },
      parents: { dataset: dataset.artifact.hash },
    }),
    content: {
      'discovery.json': documentBytes(SCHEMA, stored),
      'candidates.parquet': await tableBytes(candidateTable(dataset, found)),
    },
  };
  return { draft, summary };
}

function summaryOf({ market }: OpenDataset, { candidates, labels, clusters }: Discovery): DiscoverySummary {
  const { series } = market.panel;
  return {
    candidates: labels.length,
    noise: labels.length === 0 ? Number.NaN : labels.filter((label) => label < 0).length / labels.length,
    clusters: Array.from(clusters.size, (size, cluster) => ({
      cluster,
      size,
      radius: clusters.radius[cluster]!,
      exemplars: Array.from(clusters.exemplars[cluster]!, (i) => {
        const own = series[candidates.series[i]!]!;
        return { symbol: own.symbol, time: own.at[candidates.peak[i]!]! };
      }),
    })),
  };
}

/** Columns: symbol, time (when it was known), peak (its window's last row), series, row, surprise, cluster (-1 none), probability, e0 … */
function candidateTable({ market }: OpenDataset, { candidates, labels, probabilities }: Discovery): Frame {
  const { series } = market.panel;
  const { vectors } = candidates;
  const dimensions = Array.from({ length: vectors.columns }, (_, d) => [
    `e${d}`,
    Float64Array.from(labels, (_label, i) => vectors.values[i * vectors.columns + d]!),
  ]);
  return frame({
    symbol: Array.from(candidates.series, (s) => series[s]!.symbol),
    time: candidates.at,
    peak: candidates.peak,
    series: candidates.series,
    row: candidates.row,
    surprise: candidates.surprise,
    cluster: labels,
    probability: probabilities,
    ...Object.fromEntries(dimensions),
  });
}
