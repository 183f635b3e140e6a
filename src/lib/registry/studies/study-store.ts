/** The port of stored studies: a journal a stage while the search runs, the result and the table of trials when it is done. */
import type { Json, SigmaError } from '../../core/index.ts';
import type { Frame } from '../../frame/index.ts';
import type { DataReference } from '../data-reference.ts';

/** Everything that decides a study. No wall clock, host or path: equal studies have equal ids. */
export type StudyDecision = {
  readonly schema: 'sigma.study/1';
  readonly strategy: { readonly name: string; readonly codeHash: string };
  readonly data: DataReference;
  /** Hashes of the artifacts the strategy read, by the names it asked for. */
  readonly artifacts?: Readonly<Record<string, string>>;
  /** Run configuration, search space, method, objective, constraints and validation. */
  readonly search: Json;
  readonly seed: number;
  readonly versions: { readonly sigma: string; readonly node: string };
};

/** Worth knowing, outside the hash. */
export type StudyMeta = {
  readonly created: string;
  readonly source: { readonly strategy: string; readonly data: string };
};

export type StudySummary = {
  readonly id: string;
  readonly decision: StudyDecision;
  readonly meta: StudyMeta;
  /** The result document; absent while the study is unfinished. */
  readonly result?: Json;
};

export type StoredStudy = StudySummary & {
  /** All trials of the main search. @throws SigmaError usage/unknown-study while the study is unfinished */
  trials(): Promise<Frame>;
};

/** A stage of a running study: frames in the order they were appended. */
export interface StageJournal {
  /** What an earlier, interrupted process left. */
  readonly known: readonly Uint8Array[];
  append(payload: Uint8Array): void;
  close(): Promise<void>;
}

/** A study held by this process alone. */
export interface OpenStudy {
  readonly id: string;
  readonly result?: Json;
  stage(name: string): StageJournal;
  /** Keeps the result; the journals are no longer needed then and go. */
  finish(result: Json, trials: Frame): Promise<void>;
  /** Lets other processes have it. One of which nothing was evaluated is forgotten. */
  release(): Promise<void>;
}

export interface StudyStore {
  /** Makes or takes up a study. @param fresh throws away what is stored of it @throws SigmaError store/busy, store/write-failed */
  open(decision: StudyDecision, meta: StudyMeta, fresh?: boolean): Promise<OpenStudy>;
  /** Newest first. @param onProblem told of each study that cannot be read, which is left out */
  list(onProblem?: (problem: SigmaError) => void): Promise<readonly StudySummary[]>;
  /** @throws SigmaError usage/unknown-study, store/corrupt */
  load(id: string): Promise<StoredStudy>;
  remove(id: string): Promise<void>;
}
