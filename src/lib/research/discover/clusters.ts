/** Clusters of candidates as places in the embedding: a centre, a radius and the members that show them best. */
import type { FeatureModel } from '../../features/index.ts';
import { type Matrix, matrix, rowOf } from '../../learning/index.ts';
import type { Candidates } from './candidates.ts';

export type Clusters = {
  /** Features by which a window becomes a place. */
  readonly model: FeatureModel;
  /** Mean of the members, weighted by their probabilities; a row a cluster. */
  readonly centroids: Matrix;
  /**
   * Smallest distance from the centroid within which at least 95 % of the members lie, or less where strangers come in: the largest
   * within which 70 % of all candidates are members. 0 where there is none.
   */
  readonly radius: Float64Array;
  /** Members. */
  readonly size: Int32Array;
  /** Up to 5 candidates of each, those of highest probability and among equals nearest to the centroid. */
  readonly exemplars: readonly Int32Array[];
};

const EXEMPLARS = 5;
const COVERED = 0.95;
/** A looser cluster would answer for whatever lies around it. */
const PURE = 0.7;

/**
 * @param labels cluster of each candidate from 0, -1 for none
 * @param probabilities strength of membership of each, 0 to 1
 */
export function describeClusters(
  model: FeatureModel,
  { vectors }: Candidates,
  labels: Int32Array,
  probabilities: Float64Array,
): Clusters {
  const count = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const members = Array.from({ length: count }, (): number[] => []);
  for (let i = 0; i < labels.length; i++) members[labels[i]!]?.push(i);
  const centroids = matrix(count, vectors.columns);
  members.forEach((of, k) => {
    weightedMean(vectors, of, probabilities, rowOf(centroids, k));
  });
  const distances = members.map((of, k) => of.map((i) => distanceBetween(rowOf(vectors, i), rowOf(centroids, k))));
  return {
    model,
    centroids,
    radius: Float64Array.from(distances, (own, k) =>
      radiusOf(Float64Array.from(own).sort(), distancesFrom(rowOf(centroids, k), vectors).sort()),
    ),
    size: Int32Array.from(members, (of) => of.length),
    exemplars: members.map((of, k) => exemplarsOf(of, distances[k]!, probabilities)),
  };
}

export function distanceBetween(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j]! - b[j]!) ** 2;
  return Math.sqrt(sum);
}

function distancesFrom(centroid: Float64Array, vectors: Matrix): Float64Array {
  return Float64Array.from({ length: vectors.rows }, (_, i) => distanceBetween(rowOf(vectors, i), centroid));
}

/** @param members distances of the members, ascending; `all` those of all candidates, members among them */
function radiusOf(members: Float64Array, all: Float64Array): number {
  let radius = 0;
  let within = 0;
  for (let n = 1; n <= Math.ceil(COVERED * members.length); n++) {
    while (within < all.length && all[within]! <= members[n - 1]!) within++;
    if (n >= PURE * within) radius = members[n - 1]!;
  }
  return radius;
}

function weightedMean(vectors: Matrix, members: readonly number[], weights: Float64Array, out: Float64Array): void {
  let total = 0;
  for (const i of members) {
    total += weights[i]!;
    for (let j = 0; j < out.length; j++) out[j]! += weights[i]! * vectors.values[i * vectors.columns + j]!;
  }
  for (let j = 0; j < out.length; j++) out[j]! /= total;
}

function exemplarsOf(
  members: readonly number[],
  distances: readonly number[],
  probabilities: Float64Array,
): Int32Array {
  const order = members.map((_, k) => k);
  order.sort(
    (a, b) => probabilities[members[b]!]! - probabilities[members[a]!]! || distances[a]! - distances[b]! || a - b,
  );
  return Int32Array.from(order.slice(0, EXEMPLARS), (k) => members[k]!);
}
