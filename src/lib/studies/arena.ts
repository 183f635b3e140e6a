/** The market of a study: for any part of its range, a sweep over exactly the bars of that part. */

import type { RunConfig } from '../engine/index.ts';
import type { Timeframe } from '../model/index.ts';
import { betweenTimes } from '../model/index.ts';
import { type Dimension, paramsAt, type SearchSpace } from '../optimize/index.ts';
import {
  type Markets,
  type PreparedRun,
  prepareRun,
  type Range,
  type StrategySource,
  warmupSpan,
} from '../runs/index.ts';
import { createSweep, type Sweep } from '../sweep/index.ts';
import type { StudyOptions } from './options.ts';

export interface Arena {
  readonly prepared: PreparedRun;
  /** Ends of the periods of the whole range. */
  readonly whole: Sweep;
  /** Decisions from `from`, bars that open before `to`; earlier bars warm the signals up. */
  sweep(part: Range): Promise<Sweep>;
}

export type ArenaRequest = {
  readonly source: StrategySource;
  readonly space: SearchSpace;
  readonly options: StudyOptions;
  readonly markets: Markets;
  readonly range: Range;
};

/** @throws SigmaError as `prepareRun` and `createSweep` do */
export async function openArena(request: ArenaRequest): Promise<Arena> {
  const { source, space, options, markets } = request;
  const { strategy } = source;
  const warmup = (config: RunConfig, timeframe: Timeframe): number => longestWarmup(source, space, config, timeframe);
  const prepare = (range: Range): Promise<PreparedRun> => prepareRun({ options, markets, range, warmup });
  const prepared = await prepare(request.range);
  const sweepOf = ({ feed, config, met, detail }: PreparedRun, part: Range): Sweep =>
    createSweep({
      strategy,
      // Bars in memory may all be read: those after the part would let a search see its own future.
      market: feed.streamed
        ? feed.again
        : feed.bars().map((one) => betweenTimes(one, Number.NEGATIVE_INFINITY, part.to)),
      config: { ...config, start: part.from },
      actions: met.filter(({ time }) => time < part.to),
      ...(detail === undefined
        ? {}
        : { detail: detail.bars.map((one) => betweenTimes(one, Number.NEGATIVE_INFINITY, part.to)) }),
      ...(options.engine === undefined ? {} : { engine: options.engine }),
    });
  return {
    prepared,
    whole: sweepOf(prepared, request.range),
    sweep: async (part) => sweepOf(prepared.feed.streamed ? await prepare(part) : prepared, part),
  };
}

/** Over the corners of the space: a signal warms up longest at one of them. */
function longestWarmup(source: StrategySource, space: SearchSpace, config: RunConfig, timeframe: Timeframe): number {
  let longest = 0;
  for (const corner of corners(space.dimensions)) {
    try {
      longest = Math.max(longest, warmupSpan(source.strategy, paramsAt(space, corner), config, timeframe));
    } catch {
      // A corner whose signals cannot be built fails as a trial, where it is counted and named.
    }
  }
  return longest;
}

const MOST_CORNERS = 256;

function* corners(dimensions: readonly Dimension[]): Iterable<Float64Array> {
  const ends = dimensions.map((dimension) =>
    dimension.kind === 'list' ? dimension.values.map((_, k) => k) : [dimension.min, dimension.max],
  );
  const total = Math.min(
    MOST_CORNERS,
    ends.reduce((size, codes) => size * codes.length, 1),
  );
  for (let place = 0; place < total; place++) {
    let rest = place;
    yield Float64Array.from(ends, (codes) => {
      const code = codes[rest % codes.length]!;
      rest = Math.floor(rest / codes.length);
      return code;
    });
  }
  yield Float64Array.from(ends, (codes) => codes.at(-1)!);
}
