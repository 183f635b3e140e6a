/** One instrument's precursors as they become known, before any gate or budget. */
import { candidateStream, type StreamOptions } from '../../features/index.ts';
import { type Recogniser, recogniser } from '../discover/recogniser.ts';
import type { Precursor, PrecursorArtifact } from '../precursor/artifact.ts';
import { unwhitening } from '../precursor/coefficients.ts';

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

/** For one instrument. */
export function recogniserOf({ precursors, quietRows }: Omit<DetectorModel, 'features'>): Recogniser {
  const centroids = precursors.map(({ centroid }) => Float64Array.from(centroid));
  return recogniser({ centroids, radius: precursors.map(({ radius }) => radius) }, quietRows);
}

/**
 * Allocates nothing a row.
 * @param options as for `featureStream`
 * @throws SigmaError usage/unknown-instrument as `featureStream`
 */
export function detector({ features, precursors, quietRows }: DetectorModel, options: StreamOptions): Detector {
  const stream = candidateStream(features, options);
  const coefficients = new Float64Array(stream.whitened.length);
  const unwhiten = unwhitening(features);
  const own = recogniserOf({ precursors, quietRows });
  let row = 0;
  let candidates = 0;

  return {
    push: (values, slot, day) => {
      row++;
      if (!stream.push(values, slot, day)) return false;
      candidates++;
      if (!own.push(stream.vector, row)) return false;
      unwhiten(stream.whitened, coefficients);
      return true;
    },
    get precursor() {
      return own.cluster;
    },
    get membership() {
      return own.membership;
    },
    get candidates() {
      return candidates;
    },
    vector: stream.vector,
    coefficients,
  };
}
