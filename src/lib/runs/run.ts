/** A finished run: what it decided on, what came out, and views of it for reports and programs. */

import type { EngineResult, RunConfig } from '../engine/index.ts';
import type { Frame } from '../frame/index.ts';
import type { Bars } from '../model/index.ts';
import type { RunDecision, RunTable, SaveOutcome } from '../registry/index.ts';
import type { RunView } from '../report/index.ts';
import type { ParamSpecs, ParamValues } from '../strategy/index.ts';

export type Run = {
  readonly id: string;
  readonly decision: RunDecision;
  readonly config: RunConfig;
  readonly params: ParamValues<ParamSpecs>;
  readonly result: EngineResult;
  /** Metric key to value; titles and units are in the metrics catalog. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly intervals: Readonly<Record<string, readonly [low: number, high: number]>>;
  /** Orders, fills, trades and equity as frames. */
  readonly tables: Readonly<Record<RunTable, Frame>>;
  /** Bars of the run, warm-up included; thinned where they were streamed. */
  readonly bars: readonly Bars[];
  /** What reports draw. */
  readonly view: RunView;
  /** What the run's maker should know before he trusts it. */
  readonly warnings: readonly string[];
  /** Present when the run was stored. */
  readonly saved?: SaveOutcome;
  readonly durationMs: number;
};
