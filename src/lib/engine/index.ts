export { type BacktestOptions, type BacktestProgress, backtestSteps, runBacktest, venueFor } from './backtest.ts';
export { defaultRunConfig, type RunConfig } from './config.ts';
export { createEngine, type Engine, type EngineOptions } from './engine.ts';
export { type BarEvent, barsEvent, type EngineEvent, type Journal, type JournalEntry } from './event.ts';
export { type ReplayOptions, replayJournal } from './replay.ts';
export type { EngineResult, RunTotals } from './result.ts';
export { rowFields } from './row-view.ts';
export { runSession, type SessionOptions, type VenuePort } from './session.ts';
export { type ExchangeOptions, type SimulatedExchange, simulatedExchange } from './simulated-exchange.ts';
