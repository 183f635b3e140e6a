/** Searching parameters, and what the search may be believed. */
export type { TrialExecutor } from './executor.ts';
