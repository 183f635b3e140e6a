/** The simulated venue, and the models of its fees, slippage, latency and path within a bar. */
export {
  defaultExecution,
  type ExecutionConfig,
  type FeeModel,
  type FillMoment,
  type IntrabarPath,
  type SlippageModel,
} from './config.ts';
export { makerFee, takerFee } from './fees.ts';
export type { VenueOptions } from './floor.ts';
export { refusal } from './intake.ts';
export { lowComesFirst } from './intrabar-path.ts';
export { fillMarket, fillsAlone, type MarketFill, type MarketOrder, takerFraction } from './market-fill.ts';
export { createSimulatedVenue } from './simulated-venue.ts';
export { takerPrice } from './taker-price.ts';
export type { SimulatedVenue, VenueCommand } from './venue.ts';
