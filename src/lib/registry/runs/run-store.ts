/** The port of stored runs. A run is kept whole or not at all, and what is read back is checked against its hashes. */
import type { Json, SigmaError } from '../../core/index.ts';
import type { Frame } from '../../frame/index.ts';
import type { RunManifest } from './manifest.ts';
import type { RunDecision } from './run-id.ts';

export const runTables = ['orders', 'fills', 'trades', 'equity'] as const;
export type RunTable = (typeof runTables)[number];

/** What is worth knowing about a run but does not decide it; outside the hash. */
export type RunMeta = {
  /** When it was stored, ISO 8601. */
  readonly created: string;
  readonly durationMs: number;
  /** How strategy and data were named when the run was made, so that it can be made again. */
  readonly source: {
    readonly strategy: string;
    readonly data: string;
    readonly actions?: string;
    readonly detail?: string;
  };
};

export type RunContent = {
  readonly decision: RunDecision;
  readonly meta: RunMeta;
  readonly tables: Readonly<Record<RunTable, Frame>>;
  /** Any number, NaN and infinities included. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly intervals: Readonly<Record<string, readonly [low: number, high: number]>>;
  readonly log: Iterable<Readonly<Record<string, string | number>>>;
  /** How the run ended and its totals; any JSON. */
  readonly outcome: Json;
  /** The strategy as one text that can be loaded again; empty when it was given as an object. */
  readonly code: string;
};

export type RunNote = { readonly time: string; readonly text: string };

export type RunSummary = {
  readonly id: string;
  readonly manifest: RunManifest;
  readonly meta: RunMeta;
  readonly metrics: Readonly<Record<string, number>>;
  readonly intervals: Readonly<Record<string, readonly [low: number, high: number]>>;
  readonly notes: readonly RunNote[];
};

export type StoredRun = RunSummary & {
  readonly log: readonly Readonly<Record<string, string | number>>[];
  readonly outcome: Json;
  readonly code: string;
  table(name: RunTable): Promise<Frame>;
};

/** What became of a run handed to the store: `same` when an equal run was there already. */
export type SaveOutcome = { readonly id: string; readonly outcome: 'new' | 'same' | 'replaced' };

export interface RunStore {
  /** @throws SigmaError store/write-failed; what was stored before is unchanged then. */
  save(content: RunContent): Promise<SaveOutcome>;
  /** Newest first. @param onProblem told of each run that cannot be read, which is left out */
  list(onProblem?: (problem: SigmaError) => void): Promise<readonly RunSummary[]>;
  /** @throws SigmaError usage/unknown-run, store/corrupt when a file does not match its hash. */
  load(id: string): Promise<StoredRun>;
  remove(id: string): Promise<void>;
  annotate(id: string, text: string): Promise<void>;
}
