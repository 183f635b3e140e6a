/** What is kept: runs and studies as they were decided, artifacts by their hash, and the ledger of trials. */
export { ABSENT, standing } from './artifacts/aliases.ts';
export type {
  Alias,
  AliasChange,
  AliasMove,
  ArtifactDraft,
  ArtifactMeta,
  ArtifactStore,
  ArtifactSummary,
  ListedArtifact,
  StoredArtifact,
} from './artifacts/artifact-store.ts';
export { type Bundled, exportArtifact, importArtifact } from './artifacts/bundle.ts';
export { collectGarbage, type Garbage, type GarbageOptions } from './artifacts/collect-garbage.ts';
export { type ArtifactDifference, diffArtifacts, type FieldDifference, type FileDifference } from './artifacts/diff.ts';
export { fileArtifactStore } from './artifacts/file-artifact-store.ts';
export {
  type ArtifactDescription,
  type ArtifactInput,
  type ArtifactManifest,
  type ArtifactSplit,
  namePattern,
} from './artifacts/manifest.ts';
export { resolveArtifact } from './artifacts/reference.ts';
export { type ArtifactReproduction, type Rebuild, type Rebuilders, reproduceArtifact } from './artifacts/reproduce.ts';
export { type RolledBack, rollBack } from './artifacts/roll-back.ts';
export { type Fault, type Verification, verifyRegistry } from './artifacts/verify.ts';
export type { ActionsReference, DataReference } from './data-reference.ts';
export { fromNumberJson, fromPlainJson, type NumberJson, toNumberJson, toPlainJson } from './numbers-json.ts';
export { parquetTables } from './parquet-tables.ts';
export { resolveRun, resolveStudy } from './resolve-id.ts';
export { fileRunStore } from './runs/file-run-store.ts';
export type { RunManifest } from './runs/manifest.ts';
export { type RunDecision, runId } from './runs/run-id.ts';
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
} from './runs/run-store.ts';
export { fileStudyStore, studyId } from './studies/file-study-store.ts';
export type {
  OpenStudy,
  StageJournal,
  StoredStudy,
  StudyDecision,
  StudyMeta,
  StudyStore,
  StudySummary,
} from './studies/study-store.ts';
export type { TableFiles } from './table-files.ts';
export { fileTrialLedger } from './trials/file-trial-ledger.ts';
export { type TrialColumn, trialKeys, trialKeysOf } from './trials/trial-key.ts';
export type { LedgerEvidence, LedgerSubject, LedgerTrials, TrialBook, TrialLedger } from './trials/trial-ledger.ts';
