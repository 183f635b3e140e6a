/** Feature specifications: channels, windows, normalisation and embedding, computed in batch and bar by bar with the same bits. */
export { type CandidateStream, candidateStream, eachCandidate } from './candidates.ts';
export { channelExpression } from './channel-expression.ts';
export { eachSurprise, type FeatureColumns, featureColumns, surpriseColumn } from './columns.ts';
export type { DayRange, FeatureModel, PeakRule } from './feature-model.ts';
export { fitFeatures } from './fit.ts';
export { findLookAhead, type LookAhead as FeatureLookAhead, type Scorer } from './look-ahead.ts';
export type { ChannelSeries, Panel } from './panel.ts';
export { type PanelOptions, panelFromBars } from './panel-from-bars.ts';
export { type InstrumentTicks, panelFromTicks, type TickPanelOptions } from './panel-from-ticks.ts';
export { rowsOf } from './rows-of-days.ts';
export { scaledWindow } from './scaled-window.ts';
export { type SchemaFault, schemaFault } from './schema-fault.ts';
export { type SessionCalendar, sessionClock } from './session-clock.ts';
export {
  type FeatureSpec,
  type FeatureSpecInput,
  featureSpecHash,
  hasRoom,
  parseFeatureSpec,
} from './specification.ts';
export { standardChannels } from './standard-channels.ts';
export { type FeatureStream, featureStream, type StreamOptions } from './stream.ts';
export {
  type Tick,
  type TickChannel,
  type TickWindow,
  type TickWindows,
  tickChannels,
  tickWindows,
} from './tick-windows.ts';
