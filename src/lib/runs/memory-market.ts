/** A market of bars that a program holds. */

import { invariant } from '../core/index.ts';
import { contentHash } from '../data/index.ts';
import { type Bars, barCount, barsPerYear, betweenTimes } from '../model/index.ts';
import { chooseBars } from './choose-bars.ts';
import type { Market, MarketInfo } from './market.ts';

/** @param bars at least one instrument, all of one timeframe */
export function memoryMarket(bars: readonly Bars[]): Market {
  const [first] = bars;
  invariant(first !== undefined, 'a market has at least one instrument');
  const exchange = first.instrument.kind === 'equity' || first.instrument.kind === 'index';
  const info: MarketInfo = {
    name: 'memory',
    title: 'bars in memory',
    timeframe: first.timeframe,
    closeOnly: bars.every((one) => one.closeOnly),
    synthetic: false,
    hindsight: false,
    licence: 'unknown',
    contentHash: contentHash(bars),
    symbols: bars.map((one) => one.instrument.symbol),
    rows: bars.reduce((sum, one) => sum + barCount(one), 0),
    from: Math.min(...bars.map((one) => one.time[0] ?? Number.POSITIVE_INFINITY)),
    to: Math.max(...bars.map((one) => one.time.at(-1) ?? Number.NEGATIVE_INFINITY)),
    sessions: exchange ? 'nyse' : '24/7',
    periodsPerYear: exchange ? barsPerYear(first.timeframe, 252, 6.5) : barsPerYear(first.timeframe, 365.2425, 24),
  };
  return {
    info,
    read: async ({ symbols, from, to }) =>
      chooseBars(bars, symbols, info.name).map((one) => betweenTimes(one, from, to)),
    actions: async () => ({ actions: [], stored: false }),
  };
}
