/** Trials evaluated in this thread. */
import type { Sweep } from '../sweep/index.ts';
import type { TrialExecutor } from './executor.ts';

export function threadExecutor(sweep: Sweep): TrialExecutor {
  const { periodEnds, periodsPerYear, engine, reason } = sweep;
  return {
    lanes: 1,
    periodEnds,
    periodsPerYear,
    engine,
    reason,
    evaluate: async (sets, wants) => sweep.run(sets, wants),
    close: async () => undefined,
  };
}
