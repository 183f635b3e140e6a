/** Drives a backtest in steps, giving way to the event loop often enough for progress and Ctrl-C. */
import { type BacktestOptions, backtestSteps, type EngineResult } from '../engine/index.ts';

export type Progress = {
  /** Bars done of those in the run. */
  readonly done: number;
  readonly total: number;
  /** Time the market has reached, epoch milliseconds. */
  readonly time: number;
};

export type DriveOptions = {
  readonly onProgress?: (progress: Progress) => void;
  /** Aborting ends the run where it is; its result is marked as interrupted. */
  readonly signal?: AbortSignal;
};

const PAUSE_MS = 50;

export async function drive(options: BacktestOptions, { onProgress, signal }: DriveOptions): Promise<EngineResult> {
  const steps = backtestSteps(options);
  let step = steps.next();
  let paused = performance.now();
  while (step.done !== true) {
    if (performance.now() - paused > PAUSE_MS) {
      onProgress?.(step.value);
      await new Promise((resume) => setImmediate(resume));
      paused = performance.now();
    }
    step = signal?.aborted === true ? steps.next('interrupted') : steps.next();
  }
  return step.value;
}
