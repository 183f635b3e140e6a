/** All that decides a sweep but its parameter sets, as plain data: enough to open it in another thread or on another machine. */
import type { RunConfig } from '../engine/index.ts';
import type { Bars, CorporateAction } from '../model/index.ts';
import type { ArtifactSet } from '../strategy/index.ts';

export type SweepSpec = {
  readonly strategy: {
    /** Its file or name, for error messages. */
    readonly origin: string;
    /** The strategy as one text that can be loaded again. */
    readonly code: string;
  };
  /** What the strategy reads, whole: a worker needs no registry. */
  readonly artifacts?: ArtifactSet;
  readonly bars: readonly Bars[];
  readonly detail?: readonly Bars[];
  readonly actions?: readonly CorporateAction[];
  readonly config: RunConfig;
  readonly engine: 'auto' | 'vectorised' | 'event';
};

/** The same bars in shared memory, so that threads read one copy. Columns that are shared already stay where they are. */
export function sharedSpec(spec: SweepSpec): SweepSpec {
  return {
    ...spec,
    bars: spec.bars.map(sharedBars),
    ...(spec.detail === undefined ? {} : { detail: spec.detail.map(sharedBars) }),
  };
}

function sharedBars(bars: Bars): Bars {
  const { time, open, high, low, close, volume } = bars;
  return {
    ...bars,
    time: sharedColumn(time),
    open: sharedColumn(open),
    high: sharedColumn(high),
    low: sharedColumn(low),
    close: sharedColumn(close),
    volume: sharedColumn(volume),
  };
}

function sharedColumn(column: Float64Array): Float64Array {
  if (column.buffer instanceof SharedArrayBuffer) return column;
  const shared = new Float64Array(new SharedArrayBuffer(column.byteLength));
  shared.set(column);
  return shared;
}
