/** A market at a longer timeframe than its bars. */
import { resampleBars } from '../data/index.ts';
import { type Bars, barsPerYear, type Timeframe } from '../model/index.ts';
import type { Market } from './market.ts';

/** Days are the sessions of the market's calendar. @throws SigmaError usage/bad-option when the timeframe is not longer */
export function resampledMarket(market: Market, timeframe: Timeframe): Market {
  const { info } = market;
  if (timeframe === info.timeframe) return market;
  const [days, hours] = info.sessions === '24/7' ? [365.2425, 24] : [252, 6.5];
  const { source: _all, ...rest } = market;
  const lengthen = (bars: Bars): Bars =>
    resampleBars(bars, timeframe, info.sessions === '24/7' ? {} : { calendar: info.sessions });
  return {
    ...rest,
    info: { ...info, timeframe, periodsPerYear: barsPerYear(timeframe, days, hours) },
    read: async (window) => (await market.read(window)).map(lengthen),
    shorter: { read: (window) => market.read(window), lengthen },
  };
}
