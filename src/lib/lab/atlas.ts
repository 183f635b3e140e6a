/** The atlas of a discovery, alone or with its validation and its precursor, from what is stored. */
import { SigmaError } from '../core/index.ts';
import { scaledWindow } from '../features/index.ts';
import type { Frame } from '../frame/index.ts';
import { rowOf } from '../learning/index.ts';
import { resolveArtifact, type StoredArtifact } from '../registry/index.ts';
import type { AtlasView, ClusterView } from '../report/index.ts';
import {
  type AlertTable,
  alertOutcomes,
  describedCourse,
  looksOf,
  type PrecursorArtifact,
  selectAlerts,
} from '../research/index.ts';
import type { LabContext } from './context.ts';
import { type OpenDiscovery, openDiscovery } from './discovery.ts';
import { leadBins, placesIn } from './places.ts';
import { openPrecursor } from './precursor.ts';
import { tableOf } from './tables.ts';
import { trustInClusters, trustInPrecursor } from './trust.ts';
import { type OpenValidation, openValidation } from './validation.ts';

type Shelves = Pick<LabContext, 'markets' | 'store'>;

/**
 * What there is to show of a discovery, a validation or a precursor.
 * @throws SigmaError usage/unknown-artifact, usage/bad-artifact for an artifact of another kind, store/differs
 */
export async function atlasOf(reference: string, shelves: Shelves): Promise<AtlasView> {
  const artifact = await shelves.store.load(await resolveArtifact(shelves.store, reference));
  const { hash, manifest } = artifact;
  switch (manifest.kind) {
    case 'discovery':
      return discoveryAtlas(await openDiscovery(hash, shelves));
    case 'validation':
      return validationAtlas(await openValidation(hash, shelves));
    case 'precursor': {
      const { precursor } = await openPrecursor(hash, shelves);
      const parent = manifest.parents['validation'];
      if (parent === undefined)
        throw new SigmaError('usage/bad-artifact', 'it does not name the validation that it was distilled from', {
          where: reference,
          hint: 'sigma distill makes precursors that do',
        });
      const validation = await openValidation(parent, shelves);
      return precursorAtlas(artifact, precursor, await validationAtlas(validation), validation);
    }
    default:
      throw new SigmaError('usage/bad-artifact', `an artifact of kind ${manifest.kind} has no page`, {
        where: reference,
        hint: 'discoveries, validations and precursors have one; sigma registry show has the rest',
      });
  }
}

async function discoveryAtlas(discovery: OpenDiscovery): Promise<AtlasView> {
  const members = await tableOf(await discovery.artifact.file('candidates.parquet'));
  return atlas(discovery, members, alertsOf(members));
}

async function validationAtlas(open: OpenValidation): Promise<AtlasView> {
  const { artifact, discovery, validation, terms } = open;
  const members = await tableOf(await discovery.artifact.file('candidates.parquet'));
  const alerts = alertsOf(await tableOf(await artifact.file('alerts.parquet')));
  const view = atlas(discovery, members, alerts);
  const { market, events, summary, terms: asked } = discovery.dataset;
  const { horizonRows } = asked;
  const range = summary.days.validation;
  const { lead } = alertOutcomes(market.panel, events, alerts, { range, horizonRows });
  const { minSupport, minLift, level, permutations } = terms;
  const { tested, survivors } = validation;
  return {
    ...view,
    kind: 'validation',
    hash: artifact.hash,
    clusters: view.clusters.map((cluster) => ({
      ...cluster,
      leads: leadBins(
        Array.from(lead).filter((_, i) => alerts.cluster[i] === cluster.cluster),
        horizonRows,
      ),
      result: validation.clusters[cluster.cluster]!,
    })),
    validation: { tested, survivors, minSupport, minLift, level, permutations },
    ...(survivors.length === 0 ? {} : { trust: trustInClusters(open, alerts) }),
  };
}

function precursorAtlas(
  { hash, manifest }: StoredArtifact,
  precursor: PrecursorArtifact,
  view: AtlasView,
  { discovery }: OpenValidation,
): AtlasView {
  const { precursors, gates, budget, agreement, cost } = precursor;
  return {
    ...view,
    name: manifest.name,
    kind: 'precursor',
    hash,
    trust: trustInPrecursor(discovery.dataset, precursor),
    precursor: { precursors, gates, ...budget, kappa: agreement.kappa, bytes: cost.bytes },
  };
}

/** @param members candidates of the discovery @param moments whose places are counted, by cluster */
function atlas(
  { artifact, dataset, clusters, summary }: OpenDiscovery,
  members: Frame,
  moments: AlertTable,
): AtlasView {
  const { market, features, terms } = dataset;
  const { panel } = market;
  const { model } = clusters;
  const places = placesIn(panel);
  const series = members.numbers('series');
  const peak = members.numbers('peak');
  const cluster = ({ cluster: k, size, radius }: OpenDiscovery['summary']['clusters'][number]): ClusterView => ({
    cluster: k,
    size,
    radius,
    looks: looksOf(model, rowOf(clusters.centroids, k)),
    course: plainRows(describedCourse(model, rowOf(clusters.centroids, k))),
    exemplars: Array.from(clusters.exemplars[k]!, (i) => {
      const own = panel.series[series[i]!]!;
      const last = peak[i]!;
      return { symbol: own.symbol, time: own.at[last]!, window: plainRows(scaledWindow(model, own, last)) };
    }),
    places: places(selectAlerts(moments, (i) => moments.cluster[i] === k)),
  });
  return {
    name: artifact.manifest.name,
    kind: 'discovery',
    hash: artifact.hash,
    data: market.input.name,
    synthetic: market.input.synthetic === true,
    instruments: panel.series.length,
    days: dataset.summary.days,
    channels: panel.channels,
    windowRows: features.windowRows,
    horizonRows: terms.horizonRows,
    candidates: summary.candidates,
    noise: summary.noise,
    clusters: summary.clusters.map(cluster),
  };
}

/** Of a table with the columns series, row, time and cluster; a score where it has one. */
function alertsOf(table: Frame): AlertTable {
  const score = table.names.includes('score') ? table.numbers('score') : new Float64Array(table.length);
  return {
    cluster: Int32Array.from(table.numbers('cluster')),
    series: Int32Array.from(table.numbers('series')),
    row: Int32Array.from(table.numbers('row')),
    at: table.numbers('time'),
    score,
  };
}

function plainRows(rows: readonly Float64Array[]): number[][] {
  return rows.map((row) => Array.from(row));
}
