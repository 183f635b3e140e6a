/** What a checked document can still have wrong: lists that do not fit each other. */
import { featureSpecHash } from '../../features/index.ts';
import type { TreeEnsemble } from '../../learning/index.ts';
import type { PrecursorArtifact } from './artifact.ts';

type Fault = { readonly key: string; readonly found: string };

/** Lists that must be as long as others say, and names that must exist: what would otherwise score nonsense. */
export function faultOf(artifact: PrecursorArtifact): Fault | undefined {
  const { specification, features: model, precursors, gates, probability: likely, drift } = artifact;
  const channels = model.channels.length;
  const size = channels * model.dct;
  const kept = model.pca.components.length;
  const length = (key: string, list: { readonly length: number }, wanted: number): Fault | undefined =>
    list.length === wanted ? undefined : { key, found: `${list.length} values where ${wanted} are needed` };
  const channel = (key: string, name: string): Fault | undefined =>
    model.channels.includes(name) ? undefined : { key, found: `there is no channel '${name}'` };
  const { first, calibration } = likely;
  return [
    featureSpecHash(specification) === model.specification
      ? undefined
      : { key: 'specification', found: 'the features were fitted from another one' },
    length('features.seasonal.location', model.seasonal.location, channels),
    length('features.seasonal.scale', model.seasonal.scale, channels),
    length('features.whitening.mean', model.whitening.mean, size),
    length('features.whitening.factor', model.whitening.factor, (size * (size + 1)) / 2),
    forestFault(model.surprise, size),
    length('features.pca.mean', model.pca.mean, size),
    ...model.pca.components.map((c, k) => length(`features.pca.components.${k}`, c, size)),
    ...precursors.map((p, k) => length(`precursors.${k}.centroid`, p.centroid, kept)),
    ...gates.map((g, k) => channel(`gates.${k}.channel`, g.channel)),
    ...drift.inputs.map((input, k) => channel(`drift.inputs.${k}.channel`, input.channel)),
    ...drift.inputs.map((i, k) => length(`drift.inputs.${k}.counts`, i.counts, i.edges.length + 1)),
    first.kind === 'membership'
      ? length('probability.first.rates', first.rates, precursors.length)
      : treesFault(first.ensemble, size),
    calibration && length('probability.calibration.values', calibration.values, calibration.scores.length),
  ].find((fault) => fault !== undefined);
}

/** Likewise of the forest that measures surprise: one side of a cut is the next node, the other a later one. */
function forestFault(model: PrecursorArtifact['features']['surprise'], size: number): Fault | undefined {
  if (model.kind !== 'isolation-forest') return undefined;
  const { roots, column, cut, below } = model;
  const nodes = column.length;
  const sound =
    cut.length === nodes &&
    below.length === nodes &&
    roots.every((root) => root < nodes) &&
    column.every((c, n) => c < 0 || (c < size && n + 1 < nodes && below[n]! > n && below[n]! < nodes));
  return sound ? undefined : { key: 'features.surprise', found: 'its nodes do not make trees' };
}

/** A child lies behind its parent, so that a row always reaches a leaf. */
function treesFault({ trees, features: size }: TreeEnsemble, wanted: number): Fault | undefined {
  const key = 'probability.first.ensemble';
  if (size !== wanted) return { key: `${key}.features`, found: `${size} features where there are ${wanted}` };
  const broken = trees.findIndex(({ feature, threshold, left, right, value, cover }) => {
    const nodes = feature.length;
    const even = [threshold, left, right, value, cover].every((column) => column.length === nodes);
    const inOrder = feature.every(
      (f, n) => f < 0 || (f < size && left[n]! > n && right[n]! > n && left[n]! < nodes && right[n]! < nodes),
    );
    return nodes === 0 || !even || !inOrder;
  });
  return broken < 0 ? undefined : { key: `${key}.trees.${broken}`, found: 'its nodes do not make a tree' };
}
