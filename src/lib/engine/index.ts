export { defaultRunConfig, type RunConfig } from './config.ts';
export type { EngineResult, LogEntry, RunTotals } from './result.ts';
