export { fileRunStore } from './file-run-store.ts';
export { fileStudyStore, studyId } from './file-study-store.ts';
export { fileTrialLedger } from './file-trial-ledger.ts';
export type { ActionsReference, DataReference, RunManifest } from './manifest.ts';
export { fromNumberJson, type NumberJson, toNumberJson } from './numbers-json.ts';
export { parquetTables } from './parquet-tables.ts';
export { resolveRun } from './resolve-run.ts';
export { type RunDecision, runId } from './run-id.ts';
export {
  type RunContent,
  type RunMeta,
  type RunNote,
  type RunStore,
  type RunSummary,
  type RunTable,
  runTables,
  type SaveOutcome,
  type StoredRun,
  type TableFiles,
} from './run-store.ts';
export type {
  OpenStudy,
  StageJournal,
  StoredStudy,
  StudyDecision,
  StudyMeta,
  StudyStore,
  StudySummary,
} from './study-store.ts';
export { trialKeys } from './trial-key.ts';
export type { LedgerEvidence, LedgerSubject, LedgerTrials, TrialBook, TrialLedger } from './trial-ledger.ts';
