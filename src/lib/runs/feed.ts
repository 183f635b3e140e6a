/** The bars of a run: all in memory, or streamed from a tape when they are too many. */
import { SigmaError } from '../core/index.ts';
import type { InnerSplit } from '../data/index.ts';
import { blocksFromBars } from '../frame/index.ts';
import {
  type Bars,
  type BlockSource,
  type CorporateAction,
  formatTime,
  type Instrument,
  lowerBound,
} from '../model/index.ts';
import { buyAndHold } from './benchmark.ts';
import { metBars, type RunActions, within } from './corporate-actions.ts';
import { tradable, tradableBars } from './instruments.ts';
import { type Extent, extentOf, type Market, type Window } from './market.ts';
import type { Range, RunOptions } from './options.ts';
import { digestOf } from './stream-digest.ts';

export interface Feed {
  readonly instruments: readonly Instrument[];
  /** Read once by the run that counts. */
  readonly source: BlockSource;
  /** For further runs over the same bars. */
  readonly again: BlockSource;
  readonly streamed: boolean;
  readonly extent: Extent;
  readonly actions: RunActions;
  /** Splits and dividends that positions meet, and the splits among them that lie inside of the run's bars. */
  readonly met: readonly CorporateAction[];
  readonly inner: readonly InnerSplit[];
  /** Bars to draw; of a stream, after the run, a thinned copy. */
  bars(): readonly Bars[];
  /** Cash spread over the held instruments and left alone, at each time of the finished run. */
  held(times: Float64Array): Float64Array;
}

export type FeedRequest = {
  readonly options: Pick<RunOptions, 'symbols' | 'wholeUnits'>;
  readonly range: Range;
  readonly window: Window;
  readonly actions: RunActions;
  /** Symbol that the benchmark holds; all when undefined. */
  readonly benchmark: string | undefined;
  readonly cash: number;
  /** More bars than these are streamed. */
  readonly rowsInMemory: number;
};

const ROWS_PER_BLOCK = 8192;
/** Some 100 MB of bars. */
export const ROWS_IN_MEMORY = 2_000_000;

/** @throws SigmaError usage/unknown-instrument, usage/empty-range with the range of the data */
export async function openFeed(market: Market, request: FeedRequest): Promise<Feed> {
  requireRows(market, request.range);
  const { source } = market;
  if (source === undefined || expectedRows(market, request.window) <= request.rowsInMemory)
    return feedOfBars(market, request);
  return feedOfStream(market, request, await source(request.window));
}

async function feedOfBars(market: Market, request: FeedRequest): Promise<Feed> {
  const { options, window, range } = request;
  const { read, lengthen } = market.shorter ?? { read: market.read, lengthen: undefined };
  const shorter = tradableBars(await read(window), options.wholeUnits);
  const instruments = shorter.map((one) => one.instrument);
  const actions = within(request.actions, symbolsOf(instruments), window);
  const { bars, held, met, inner } = metBars(shorter, lengthen, actions);
  requireRows(market, range, bars);
  const source = blocksFromBars(bars, { rowsPerBlock: ROWS_PER_BLOCK });
  const chosen = held.filter((one) => one.instrument.symbol === request.benchmark);
  return {
    instruments,
    source,
    again: source,
    streamed: false,
    extent: extentOf(bars),
    actions,
    met,
    inner,
    bars: () => bars,
    // A holder meets splits and dividends, whatever the run applies them to.
    held: (times) => buyAndHold(chosen.length > 0 ? chosen : held, times, request.cash),
  };
}

function feedOfStream(market: Market, request: FeedRequest, read: BlockSource): Feed {
  const { options, window, range } = request;
  const instruments = tradable(read.instruments, options.wholeUnits);
  const source = { ...read, instruments };
  const actions = within(request.actions, symbolsOf(instruments), window);
  refuseAdjusting(actions, market.info.name);
  const chosen = instruments.findIndex((one) => one.symbol === request.benchmark);
  const digest = digestOf(source, {
    ...(chosen < 0 ? {} : { held: [chosen] }),
    actions: actions.list,
    start: range.from,
    cash: request.cash,
  });
  const { from, to } = market.info;
  return {
    instruments,
    source: digest.source,
    again: source,
    streamed: true,
    extent: { from: Math.max(from, window.from), to: Math.min(to, window.to), rows: read.rows },
    actions: {
      ...actions,
      warnings: [
        ...actions.warnings,
        `${read.rows} bars are streamed: prices in the report are thinned, and data quality is not measured (sigma data check ${market.info.name})`,
      ],
    },
    met: actions.list,
    inner: [],
    bars: digest.bars,
    held: (times) => digest.held(times.length),
  };
}

function symbolsOf(instruments: readonly Instrument[]): readonly string[] {
  return instruments.map((one) => one.symbol);
}

function refuseAdjusting({ appliedTo, list }: RunActions, name: string): void {
  if (appliedTo !== 'prices' || list.length === 0) return;
  throw new SigmaError('usage/bad-option', `${name} has too many bars to adjust them for a run`, {
    where: '--apply-actions prices',
    hint: 'apply them to positions, or store adjusted bars with sigma data import --apply-actions prices',
  });
}

/** As many as a window would hold if bars were spread evenly over instruments and time. */
function expectedRows({ info }: Market, window: Window): number {
  const span = Math.max(1, info.to - info.from);
  const covered = Math.min(info.to, window.to) - Math.max(info.from, window.from);
  const share = (window.symbols?.length ?? info.symbols.length) / info.symbols.length;
  return info.rows * share * Math.min(1, Math.max(0, covered) / span);
}

/** @throws SigmaError usage/empty-range when a stream had warm-up bars only */
export function requireInstants(market: Market, range: Range, instants: number): void {
  if (instants === 0) throw emptyRange(market, range);
}

function requireRows(market: Market, range: Range, bars?: readonly Bars[]): void {
  const some =
    bars === undefined
      ? range.from <= market.info.to && range.to > market.info.from
      : bars.some(({ time }) => lowerBound(time, range.to) > lowerBound(time, range.from));
  if (!some) throw emptyRange(market, range);
}

function emptyRange({ info }: Market, range: Range): SigmaError {
  const start = Number.isFinite(range.from) ? formatTime(range.from) : 'the beginning';
  const end = Number.isFinite(range.to) ? formatTime(range.to) : 'the end';
  return new SigmaError('usage/empty-range', `no bars from ${start} to ${end}`, {
    where: info.name,
    hint: `the data goes from ${formatTime(info.from)} to ${formatTime(info.to)}`,
  });
}
