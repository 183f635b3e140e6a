/** Which cluster a window belongs to, once and not again while it is fresh: the one rule behind alerts of a discovery and of an artifact. */
import { distanceBetween } from './clusters.ts';

export interface Recogniser {
  /**
   * Looks at the embedding of an instrument's window. True when it lies within the radius of the nearest centroid (the first of equals),
   * and that cluster was not recognised less than the quiet rows before.
   * @param row place of the window among the instrument's rows, ascending
   */
  push(vector: Float64Array, row: number): boolean;
  /** The cluster of the window recognised last. */
  readonly cluster: number;
  /** How well it fits: 1 at the centroid, 0 at the radius. */
  readonly membership: number;
}

export type Shapes = { readonly centroids: readonly Float64Array[]; readonly radius: ArrayLike<number> };

/** For one instrument. Allocates nothing a window. */
export function recogniser({ centroids, radius }: Shapes, quietRows: number): Recogniser {
  const announced = new Float64Array(centroids.length).fill(Number.NEGATIVE_INFINITY);
  const membership = Float64Array.of(Number.NaN);
  let cluster = -1;
  return {
    push: (vector, row) => {
      let nearest = -1;
      let distance = Number.POSITIVE_INFINITY;
      for (let k = 0; k < centroids.length; k++) {
        const d = distanceBetween(vector, centroids[k]!);
        if (!(d < distance)) continue;
        distance = d;
        nearest = k;
      }
      if (nearest < 0 || !(distance <= radius[nearest]!) || row - announced[nearest]! < quietRows) return false;
      announced[nearest] = row;
      membership[0] = 1 - distance / radius[nearest]!;
      cluster = nearest;
      return true;
    },
    get cluster() {
      return cluster;
    },
    get membership() {
      return membership[0]!;
    },
  };
}
