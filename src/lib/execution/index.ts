export {
  defaultExecution,
  type ExecutionConfig,
  type FeeModel,
  type FillMoment,
  type IntrabarPath,
  type SlippageModel,
} from './config.ts';
export { createSimulatedVenue, type VenueOptions } from './simulated-venue.ts';
export type { SimulatedVenue, VenueCommand } from './venue.ts';
