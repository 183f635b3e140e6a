/** Single linkage: the order in which the edges of a spanning tree, from the shortest on, join points to clusters. */
import type { SpanningTree } from './spanning-tree.ts';

/** Join k makes node `points + k` out of nodes `left[k]` and `right[k]`; nodes below `points` are points. */
export type Linkage = {
  readonly points: number;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly distance: Float64Array;
  /** Points below each join. */
  readonly size: Int32Array;
};

/** The side of an edge's lower point comes left. */
export function singleLinkage({ points, low, high, squared }: SpanningTree): Linkage {
  const joins = low.length;
  const above = Int32Array.from({ length: points + joins }, (_, node) => node);
  const rootOf = (node: number): number => {
    let root = node;
    while (above[root] !== root) root = above[root]!;
    for (let at = node; at !== root; ) {
      const next = above[at]!;
      above[at] = root;
      at = next;
    }
    return root;
  };
  const [left, right, size] = [new Int32Array(joins), new Int32Array(joins), new Int32Array(joins)];
  const sizeOf = (node: number): number => (node < points ? 1 : size[node - points]!);
  for (let k = 0; k < joins; k++) {
    left[k] = rootOf(low[k]!);
    right[k] = rootOf(high[k]!);
    size[k] = sizeOf(left[k]!) + sizeOf(right[k]!);
    above[left[k]!] = points + k;
    above[right[k]!] = points + k;
  }
  return { points, left, right, distance: squared.map(Math.sqrt), size };
}
