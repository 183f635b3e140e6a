/**
 * The condensed tree (Campello, Moulavi and Sander 2013; McInnes and Healy 2017): walking down the joins, a cluster only splits
 * where both parts are large enough; points of smaller parts leave it. Density is lambda = 1 / distance.
 */
import type { Linkage } from './single-linkage.ts';

/** Rows in which `child` leaves or splits off `parent` at `lambda`. Children below `points` are points, others clusters; the root is `points`. */
export type CondensedTree = {
  readonly points: number;
  readonly parent: Int32Array;
  readonly child: Int32Array;
  /** Infinite for points of mutual reachability zero. */
  readonly lambda: Float64Array;
  /** Points of the child. */
  readonly size: Int32Array;
};

/** A cluster has a higher number than the one it split off, and both parts of a split follow each other. Nothing splits at distance zero. */
export function condense(linkage: Linkage, minClusterSize: number): CondensedTree {
  const { points, left, right, distance, size } = linkage;
  const rows: { parent: number[]; child: number[]; lambda: number[]; size: number[] } = {
    parent: [],
    child: [],
    lambda: [],
    size: [],
  };
  const add = (parent: number, child: number, lambda: number, count: number): void => {
    rows.parent.push(parent);
    rows.child.push(child);
    rows.lambda.push(lambda);
    rows.size.push(count);
  };
  const sizeOf = (node: number): number => (node < points ? 1 : size[node - points]!);
  const leave = (node: number, parent: number, lambda: number): void => {
    for (const open = [node]; open.length > 0; ) {
      const next = open.pop()!;
      if (next < points) add(parent, next, lambda, 1);
      else open.push(right[next - points]!, left[next - points]!);
    }
  };
  let clusters = 1;
  let level: { node: number; cluster: number }[] =
    left.length > 0 ? [{ node: points + left.length - 1, cluster: points }] : [];
  while (level.length > 0) {
    const below: { node: number; cluster: number }[] = [];
    for (const { node, cluster } of level) {
      const join = node - points;
      const apart = distance[join]!;
      const parts = [left[join]!, right[join]!];
      const large = parts.filter((part) => sizeOf(part) >= minClusterSize && apart > 0);
      if (large.length === 2)
        for (const part of parts) {
          const split = points + clusters++;
          add(cluster, split, 1 / apart, sizeOf(part));
          if (part >= points) below.push({ node: part, cluster: split });
        }
      else
        for (const part of parts) {
          if (part === large[0] && part >= points) below.push({ node: part, cluster });
          else leave(part, cluster, 1 / apart);
        }
    }
    level = below;
  }
  return {
    points,
    parent: Int32Array.from(rows.parent),
    child: Int32Array.from(rows.child),
    lambda: Float64Array.from(rows.lambda),
    size: Int32Array.from(rows.size),
  };
}
