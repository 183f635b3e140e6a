/** The market of a study: any part of its range, opened as a sweep over exactly the bars of that part. */
import type { RunConfig } from '../engine/index.ts';
import { type Bars, betweenTimes, type Timeframe } from '../model/index.ts';
import { type SearchSpace, type Stretch, type TrialExecutor, threadExecutor } from '../optimize/index.ts';
import {
  type ArtifactSource,
  artifactsFor,
  type Markets,
  type PreparedRun,
  prepareRun,
  type Range,
  type StrategySource,
  warmupSpan,
} from '../runs/index.ts';
import type { ArtifactSet, ParamSpecs, ParamValues } from '../strategy/index.ts';
import { createSweep, type Sweep } from '../sweep/index.ts';
import type { SweepSpec } from '../workers/index.ts';
import type { StudyOptions } from './options.ts';
import { standingSets } from './parameter-sets.ts';

/** Has the trials of a sweep evaluated elsewhere: on all cores, or on other machines. */
export type OpenExecutor = (spec: SweepSpec) => Promise<TrialExecutor>;

export interface Part {
  readonly range: Range;
  /** At the start. */
  readonly cash: number;
  /** In this thread. */
  readonly sweep: Sweep;
  /** Bars of the part with what warms the signals up; absent where they are streamed. */
  readonly bars: readonly Bars[] | undefined;
  /** The same part with other bars, such as jittered ones. */
  over(bars: readonly Bars[]): Sweep;
  /** To be closed by who asked for it. */
  executor(): Promise<TrialExecutor>;
}

export interface Arena {
  /** What the strategy reads anywhere in the space. */
  readonly artifacts: ArtifactSet;
  readonly prepared: PreparedRun;
  readonly whole: Part;
  /** Some of the periods of the whole range. */
  part(stretch: Stretch): Promise<Part>;
}

export type ArenaRequest = {
  readonly source: StrategySource;
  readonly space: SearchSpace;
  readonly options: StudyOptions;
  readonly markets: Markets;
  readonly artifacts: ArtifactSource | undefined;
  readonly range: Range;
  readonly executor: OpenExecutor | undefined;
};

/** @throws SigmaError as `prepareRun` and `createSweep` do */
export async function openArena(request: ArenaRequest): Promise<Arena> {
  const { source, space, options, markets, range } = request;
  const sets = standingSets(source.strategy, space);
  const artifacts = await artifactsFor(source.strategy, sets, request.artifacts);
  const warmup = (config: RunConfig, timeframe: Timeframe): number =>
    longestWarmup({ source, sets, artifacts }, config, timeframe);
  const prepare = (part: Range): Promise<PreparedRun> => prepareRun({ options, markets, range: part, warmup });
  const prepared = await prepare(range);
  const whole = partOf(request, artifacts, prepared, range);
  const { periodEnds } = whole.sweep;
  return {
    artifacts,
    prepared,
    whole,
    part: async ({ from, to }) => {
      if (from === 0 && to === periodEnds.length) return whole;
      const part = {
        from: from === 0 ? range.from : periodEnds[from - 1]!,
        to: to === periodEnds.length ? range.to : periodEnds[to - 1]!,
      };
      return partOf(request, artifacts, prepared.feed.streamed ? await prepare(part) : prepared, part);
    },
  };
}

function partOf(
  { source, options, executor }: ArenaRequest,
  artifacts: ArtifactSet,
  prepared: PreparedRun,
  range: Range,
): Part {
  const { feed, detail, met } = prepared;
  const engine = options.engine ?? 'auto';
  // Bars in memory may all be read: those after the part would let a search see its own future.
  const before = (bars: readonly Bars[]): readonly Bars[] =>
    bars.map((one) => betweenTimes(one, Number.NEGATIVE_INFINITY, range.to));
  const shared = {
    config: { ...prepared.config, start: range.from },
    actions: met.filter(({ time }) => time < range.to),
    engine,
    ...(source.strategy.artifacts === undefined ? {} : { artifacts }),
    ...(detail === undefined ? {} : { detail: before(detail.bars) }),
  };
  const bars = feed.streamed ? undefined : before(feed.bars());
  const open = (market: Parameters<typeof createSweep>[0]['market']): Sweep =>
    createSweep({ strategy: source.strategy, market, ...shared });
  const sweep = open(bars ?? feed.again);
  return {
    range,
    cash: prepared.config.account.cash,
    sweep,
    bars,
    over: open,
    executor: async () =>
      // A strategy that was given as an object has no code to send.
      executor === undefined || bars === undefined || source.code === ''
        ? threadExecutor(sweep)
        : executor({ strategy: { origin: source.origin, code: source.code }, bars, ...shared }),
  };
}

type Warmed = {
  readonly source: StrategySource;
  readonly sets: readonly ParamValues<ParamSpecs>[];
  readonly artifacts: ArtifactSet;
};

/** A signal warms up longest at a corner of the space. */
function longestWarmup({ source, sets, artifacts }: Warmed, config: RunConfig, timeframe: Timeframe): number {
  let longest = 0;
  for (const params of sets) {
    try {
      longest = Math.max(longest, warmupSpan(source.strategy, params, config, timeframe, artifacts));
    } catch {
      // A corner whose signals cannot be built fails as a trial, where it is counted and named.
    }
  }
  return longest;
}
