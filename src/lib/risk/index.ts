export type { Approved } from './approved.ts';
export { defaultRisk, type KillAction, type RiskConfig } from './config.ts';
export { leverageOf, unitsWithin } from './exposure.ts';
export { createRiskGate, onlyCloses, type RiskGate, type Verdict } from './gate.ts';
export type { RiskState } from './watch.ts';
