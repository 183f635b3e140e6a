/** A fitted feature specification as plain data: everything a stream needs to turn rows into surprise and embedding, and nothing that was learnt outside the training days. */

/** Days since 1970-01-01, [from, to). */
export type DayRange = { readonly from: number; readonly to: number };

/** Location and scale of a channel where no season is taken into account: one number each a channel. */
export type ChannelScale = { readonly location: readonly number[]; readonly scale: readonly number[] };

export type FeatureModel = {
  readonly schema: 'sigma.feature-model/1';
  /** Hash of the specification it was fitted from. */
  readonly specification: string;
  readonly channels: readonly string[];
  readonly windowRows: number;
  /** Whether windows end with their day or reach into the next. */
  readonly window: 'session' | 'continuous';
  readonly trained: DayRange;
  /** Location and scale of each channel (outer) and bucket of slots (inner). */
  readonly seasonal: {
    readonly bucketSlots: number;
    readonly location: readonly (readonly number[])[];
    readonly scale: readonly (readonly number[])[];
  };
  /** Taken off before the season, by symbol; undefined where all instruments are scaled alike. */
  readonly instruments?: Readonly<Record<string, ChannelScale>>;
  /** DCT-II coefficients a channel, from the lowest. */
  readonly dct: number;
  /** Whitened = factor (coefficients - mean), the factor lower triangular, row after row without its zeros. */
  readonly whitening: { readonly mean: readonly number[]; readonly factor: readonly number[] };
  readonly surprise: SurpriseModel;
  /** Embedding = components (whitened - mean), one row a component. */
  readonly pca: { readonly mean: readonly number[]; readonly components: readonly (readonly number[])[] };
  readonly peaks: PeakRule;
};

/** How far from usual a whitened window is: its length, which is the Mahalanobis distance under the trimmed covariance, or its score in a forest. */
export type SurpriseModel =
  | { readonly kind: 'trimmed-distance' }
  | {
      readonly kind: 'isolation-forest';
      readonly roots: readonly number[];
      readonly column: readonly number[];
      readonly cut: readonly number[];
      readonly below: readonly number[];
      readonly usual: number;
    };

/** When a window stands out: its surprise is at least `threshold`, above that of the `before` windows before and not below that of the `after` windows after it. It is known only `after` rows later. */
export type PeakRule = { readonly threshold: number; readonly before: number; readonly after: number };
