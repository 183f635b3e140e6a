/** The gate that every order passes, and the watch over drawdown and daily loss. */
export type { Approved } from './approved.ts';
export { defaultRisk, type KillAction, type RiskConfig } from './config.ts';
export { leverageOf, ROOM_SLACK, unitsWithin } from './exposure.ts';
export { createRiskGate, OPENING_DUST, onlyCloses, type RiskGate, type Verdict } from './gate.ts';
export type { RiskState } from './watch.ts';
