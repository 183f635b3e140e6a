/** One instrument's precursors as they become known, before any gate or budget. */
import { candidateStream, type StreamOptions } from '../../features/index.ts';
import type { Precursor, PrecursorArtifact } from '../distill/artifact.ts';
import { unwhitening } from '../distill/coefficients.ts';

/** A place where a precursor was recognised. */
export interface Detection {
  /** Index into the artifact's precursors. */
  readonly precursor: number;
  /** 1 at the centroid, 0 at the radius. */
  readonly membership: number;
  /** Embedding of the peak and its coefficients, less their means; overwritten by the next candidate. */
  readonly vector: Float64Array;
  readonly coefficients: Float64Array;
}

export interface Detector extends Detection {
  /** Peaks of surprise so far. */
  readonly candidates: number;
  /** Takes the instrument's next row; true when it reveals a precursor that was not announced within the quiet rows before. */
  push(values: ArrayLike<number>, slot: number, day: number): boolean;
}

export type DetectorModel = Pick<PrecursorArtifact, 'features' | 'quietRows'> & {
  readonly precursors: readonly Pick<Precursor, 'centroid' | 'radius'>[];
};

/**
 * Allocates nothing a row.
 * @param options as for `featureStream`
 * @throws SigmaError usage/unknown-instrument as `featureStream`
 */
export function detector({ features, precursors, quietRows }: DetectorModel, options: StreamOptions): Detector {
  const stream = candidateStream(features, options);
  const coefficients = new Float64Array(stream.whitened.length);
  const unwhiten = unwhitening(features);
  const centroids = precursors.map(({ centroid }) => Float64Array.from(centroid));
  const radii = Float64Array.from(precursors, ({ radius }) => radius);
  // Row at which each precursor was last announced; NaN before.
  const announced = new Float64Array(precursors.length).fill(Number.NaN);
  const membership = Float64Array.of(Number.NaN);
  let row = 0;
  let precursor = -1;
  let candidates = 0;

  return {
    push: (values, slot, day) => {
      row++;
      if (!stream.push(values, slot, day)) return false;
      candidates++;
      precursor = nearest(stream.vector, centroids);
      if (precursor < 0) return false;
      const distance = distanceOf(stream.vector, centroids[precursor]!);
      if (!(distance <= radii[precursor]!) || row - announced[precursor]! < quietRows) return false;
      announced[precursor] = row;
      membership[0] = 1 - distance / radii[precursor]!;
      unwhiten(stream.whitened, coefficients);
      return true;
    },
    get precursor() {
      return precursor;
    },
    get membership() {
      return membership[0]!;
    },
    get candidates() {
      return candidates;
    },
    vector: stream.vector,
    coefficients,
  };
}

/** The closest centroid, the first of equals; -1 without centroids. */
function nearest(vector: Float64Array, centroids: readonly Float64Array[]): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < centroids.length; k++) {
    const distance = distanceOf(vector, centroids[k]!);
    if (distance >= least) continue;
    least = distance;
    best = k;
  }
  return best;
}

function distanceOf(a: Float64Array, b: Float64Array): number {
  let squares = 0;
  for (let k = 0; k < a.length; k++) squares += (a[k]! - b[k]!) ** 2;
  return Math.sqrt(squares);
}
