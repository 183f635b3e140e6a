/** What an artifact costs to keep and to run, counted from its sizes, so that it is the same on every machine. */
import { canonicalJson } from '../../core/index.ts';
import type { PrecursorArtifact } from '../precursor/artifact.ts';

/** Multiplications and additions that each row takes: scaling, transform, whitening, and the length or the trees of its surprise. */
function operationsPerRow({ channels, windowRows, dct, surprise }: PrecursorArtifact['features']): number {
  const half = Math.ceil(windowRows / 2);
  const size = channels.length * dct;
  const transform = channels.length * (2 * half + 2 * dct * half);
  const whitening = size + size * (size + 1);
  // A row that is not alone goes down a tree as far as the logarithm of its nodes.
  const trees = surprise.kind === 'trimmed-distance' ? 0 : surprise.roots.length;
  const path = surprise.kind === 'trimmed-distance' ? 0 : Math.ceil(Math.log2(surprise.column.length / trees));
  return 2 * channels.length + transform + whitening + 2 * size + trees * (path + 1);
}

/** And a peak of surprise on top: embedding, distances, recovering coefficients, gates, probability. */
function operationsPerCandidate({ features, precursors, gates, probability }: Measured): number {
  const { pca, channels, dct } = features;
  const size = channels.length * dct;
  const kept = pca.components.length;
  const trees = probability.first.kind === 'trees' ? probability.first.ensemble.trees : [];
  const deepest = trees.reduce((sum, tree) => sum + Math.ceil(Math.log2(tree.feature.length + 1)), 0);
  return 3 * kept * size + 3 * kept * precursors.length + size * size + 2 * gates.length + 2 * deepest + 4;
}

type Measured = Omit<PrecursorArtifact, 'cost'>;

export function costOf(artifact: Measured): PrecursorArtifact['cost'] {
  return {
    bytes: canonicalJson(artifact).length,
    perRow: operationsPerRow(artifact.features),
    perCandidate: operationsPerCandidate(artifact),
  };
}
