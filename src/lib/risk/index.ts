export type { Approved } from './approved.ts';
export { defaultRisk, type KillAction, type RiskConfig } from './config.ts';
