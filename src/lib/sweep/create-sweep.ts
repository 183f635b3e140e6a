/** Makes a sweep and chooses the engine that answers it. */
import { SigmaError } from '../core/index.ts';
import { blocksFromBars } from '../frame/index.ts';
import type { Bars, BlockSource } from '../model/index.ts';
import { eventOnly, meetsOpens } from './event-only.ts';
import { createEventSweep } from './event-sweep.ts';
import { periodsOf, periodsOfGrid } from './periods.ts';
import type { Sweep, SweepOptions } from './sweep.ts';
import { createVectorSweep } from './vector-sweep.ts';
import { WINDOW } from './window-memory.ts';

/**
 * @throws SigmaError usage/bad-option when `vectorised` is asked for and cannot give the event engine's results,
 * data/empty when the market has no bars
 */
export function createSweep(options: SweepOptions): Sweep {
  const { strategy, artifacts = {}, config, engine = 'auto', actions = [] } = options;
  const source = sourceOf(options.market);
  const detail = options.detail === undefined ? undefined : sourceOf(options.detail);
  const { market } = options;
  const { start, periodsPerYear } = config;
  const { times } = source;
  const grid = times !== undefined && !('blocks' in market) && market.length > 1;
  const periods = grid
    ? periodsOfGrid(market, times, { start, periodsPerYear, meetsOpens: meetsOpens(options) })
    : periodsOf(source, start, periodsPerYear);
  const vector = { strategy, source, config, periods, onAnswer: options.onAnswer };
  const why = eventOnly(options) ?? (periods.torn ? 'some bars have an open but no close, or the reverse' : undefined);
  if (engine === 'vectorised' && why !== undefined)
    throw new SigmaError('usage/bad-option', `this sweep cannot be vectorised: ${why}`, {
      where: 'engine',
      hint: 'take auto or event',
    });
  if (engine !== 'event' && why === undefined) return createVectorSweep(vector);
  return createEventSweep({
    strategy,
    artifacts,
    source,
    config,
    periods,
    reason: why ?? 'asked for',
    actions,
    detail,
    onAnswer: options.onAnswer,
  });
}

function sourceOf(market: readonly Bars[] | BlockSource): BlockSource {
  if ('blocks' in market) return market;
  if (market.length === 0)
    throw new SigmaError('data/empty', 'a sweep needs the bars of at least one instrument', { where: 'market' });
  // One instrument is not copied: its blocks are as long as what the fast path keeps in the cache.
  return blocksFromBars(market, market.length === 1 ? { rowsPerBlock: WINDOW } : {});
}
