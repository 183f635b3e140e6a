/** What the pool and its threads say to each other. */
import type { ParamSet, SweepWants } from '../sweep/index.ts';
import type { PlainError, PlainResult } from './message.ts';
import type { SweepSpec } from './spec.ts';

export type SweepInfo = {
  readonly engine: 'vectorised' | 'event';
  readonly reason: string;
  readonly periodEnds: Float64Array;
  readonly periodsPerYear: number;
};

export type ToThread =
  | { readonly kind: 'open'; readonly sweep: number; readonly spec: SweepSpec }
  | {
      readonly kind: 'evaluate';
      readonly sweep: number;
      readonly sets: readonly ParamSet[];
      readonly wants: SweepWants;
    }
  | { readonly kind: 'close'; readonly sweep: number };

/** One answer to each `open` and each `evaluate`, in their order. */
export type FromThread =
  | { readonly kind: 'opened'; readonly info: SweepInfo }
  | { readonly kind: 'evaluated'; readonly result: PlainResult }
  | { readonly kind: 'failed'; readonly error: PlainError };
