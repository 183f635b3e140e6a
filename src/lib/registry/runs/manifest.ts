/** The manifest of a run: everything that decided it, and the hashes of everything it left. No wall clock, host or path: equal runs have equal manifests. */
import type { Json } from '../../core/index.ts';
import type { ActionsReference, DataReference } from '../data-reference.ts';

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
