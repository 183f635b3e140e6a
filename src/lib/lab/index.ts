/** Use cases of the research: from bars to a data set, to clusters, to survivors, to a document that a strategy runs; each step an artifact of the registry. */
export type { Saved } from './artifact.ts';
export { atlasOf } from './atlas.ts';
export type { LabContext } from './context.ts';
export { buildDataset, type DatasetRequest, type DatasetSummary } from './dataset.ts';
export { dayRange } from './dates.ts';
export { type DiscoverySummary, makeDiscovery, openDiscovery } from './discovery.ts';
export { type Drift, type DriftRequest, demote, measureDrift, requireAlias } from './drift.ts';
export { readEvents } from './event-file.ts';
export { type EventRule, parseCondition, parseMove } from './event-rule.ts';
export { type Experiment, runExperiment } from './experiment.ts';
export { featureSpecFor, readFeatureSpec, writeFeatureSpec } from './feature-file.ts';
export { type PlantedDataset, plantedFiles, savePlantedMarket } from './planted-dataset.ts';
export { type DistillTerms, makePrecursor, openPrecursor } from './precursor.ts';
export { researchRebuilders } from './rebuilders.ts';
export {
  type DatasetTerms,
  type DiscoveryTerms,
  datasetDefaults,
  discoveryDefaults,
  type ValidationTerms,
  validationDefaults,
} from './terms.ts';
export { type MadeValidation, makeValidation, openValidation } from './validation.ts';
