/** Makes a sweep and chooses the engine that answers it. */
import { SigmaError } from '../core/index.ts';
import { blocksFromBars } from '../frame/index.ts';
import type { Bars, BlockSource } from '../model/index.ts';
import { createEventSweep } from './event-sweep.ts';
import { periodsOf } from './periods.ts';
import type { Sweep, SweepOptions } from './sweep.ts';

/**
 * @throws SigmaError usage/bad-option when `vectorised` is asked for and cannot give the event engine's results,
 * data/empty when the market has no bars
 */
export function createSweep(options: SweepOptions): Sweep {
  const { strategy, config, engine = 'auto', actions = [] } = options;
  const source = sourceOf(options.market);
  const detail = options.detail === undefined ? undefined : sourceOf(options.detail);
  const periods = periodsOf(source, config.start, config.periodsPerYear);
  const reason = engine === 'event' ? 'asked for' : 'the vectorised engine is not built in';
  if (engine === 'vectorised')
    throw new SigmaError('usage/bad-option', `this sweep cannot be vectorised: ${reason}`, {
      where: 'engine',
      hint: 'take auto or event',
    });
  return createEventSweep({ strategy, source, config, periods, reason, actions, detail });
}

function sourceOf(market: readonly Bars[] | BlockSource): BlockSource {
  if ('blocks' in market) return market;
  if (market.length === 0)
    throw new SigmaError('data/empty', 'a sweep needs the bars of at least one instrument', { where: 'market' });
  return blocksFromBars(market);
}
