/** Research: events, what precedes them, and what of it survives out of sample; the planted market by which the research itself is measured. */
export { type AssignedAlerts, type AssignOptions, assignAlerts } from './discover/assign.ts';
export { type Candidates, findCandidates } from './discover/candidates.ts';
export { type Clusters, describeClusters } from './discover/clusters.ts';
export { type EventPlace, type EventTable, eventTable } from './events/event-table.ts';
export { plantedBars, plantedExpressions } from './planted/bars.ts';
export { type PlantedMarket, plantedMarket } from './planted/market.ts';
export type { Occurrence } from './planted/occurrences.ts';
export { type PatternKind, patternKinds, patternRows, precursorKinds, templateAt } from './planted/patterns.ts';
export { eventProbability, type PlantedOptions, type PlantedSetting } from './planted/setting.ts';
