/** The manifest of a run: everything that decided it, and the hashes of everything it left. No wall clock, host or path: equal runs have equal manifests. */
import type { Json } from '../core/index.ts';

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

export type RunManifest = {
  readonly schema: 'sigma.run/1';
  readonly strategy: { readonly name: string; readonly codeHash: string };
  readonly params: Readonly<Record<string, number | boolean | string>>;
  /** Hashes of the artifacts the strategy read, by the names it asked for. */
  readonly artifacts?: Readonly<Record<string, string>>;
  /** RunConfig of the engine, as given. */
  readonly config: Json;
  readonly data: DataReference;
  readonly detail?: DataReference;
  readonly actions?: ActionsReference;
  /** Symbol within the data set, or a data set of its own. */
  readonly benchmark?: string;
  readonly seed: number;
  readonly versions: { readonly sigma: string; readonly node: string };
  readonly status: 'complete' | 'partial';
  /** SHA-256 of each stored file, by file name. */
  readonly files: Readonly<Record<string, string>>;
};
