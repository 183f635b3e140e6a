/** The port through which a search has its trials evaluated: in this thread, on all cores, or on other machines. */
import type { ParamSet, SweepResult, SweepWants } from '../sweep/index.ts';

export interface TrialExecutor {
  /** Batches that are evaluated at once. */
  readonly lanes: number;
  readonly periodEnds: Float64Array;
  readonly periodsPerYear: number;
  /** The engine that answers, and why it is the event engine where that was not asked for. */
  readonly engine: 'vectorised' | 'event';
  readonly reason: string;
  /** The same sets give the same bits from every executor. @throws SigmaError when the whole batch could not be evaluated */
  evaluate(sets: readonly ParamSet[], wants?: SweepWants): Promise<SweepResult>;
  close(): Promise<void>;
}
