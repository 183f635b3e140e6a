/** Which data a run or a study was made of, by name and content. */

export type DataReference = {
  /** Catalog name, or the file or table it was read from (its last path segment, never a full path or a password). */
  readonly name: string;
  readonly contentHash: string;
  readonly timeframe: string;
  readonly symbols: readonly string[];
  /** ISO 8601; first and last bar used, warm-up included. */
  readonly from: string;
  readonly to: string;
  readonly rows: number;
  readonly closeOnly: boolean;
  readonly synthetic: boolean;
  readonly licence: string;
};

/** Splits and dividends of the run's instruments and times. */
export type ActionsReference = {
  readonly appliedTo: 'prices' | 'positions';
  readonly count: number;
  readonly contentHash: string;
};
