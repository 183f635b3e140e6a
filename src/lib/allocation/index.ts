/** Weights of strategies and instruments in a portfolio. */
export {
  type AllocationMethod,
  type AllocationOptions,
  allocate,
  allocationMethods,
  type TurnoverCost,
  type Weights,
} from './allocate.ts';
export type { WeightBounds } from './bounds.ts';
export { type Covariance, type CovarianceKind, covariance, covarianceKinds } from './covariance.ts';
export { hierarchicalRiskParity } from './hierarchical-risk-parity.ts';
export { equalRisk, riskShares } from './risk-parity.ts';
export type { Symmetric } from './symmetric.ts';
export { allocateWalkForward, type WalkForward, type WalkForwardOptions } from './walk-forward.ts';
