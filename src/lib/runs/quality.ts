/** Data quality of the bars of a run, as reports show it. */
import { checkBars } from '../data/index.ts';
import type { Bars } from '../model/index.ts';
import type { QualitySummary } from '../report/index.ts';

/** @param calendar `24/7` or the name of the market's calendar, on which gaps are measured */
export function qualityOf(bars: readonly Bars[], calendar: string): readonly QualitySummary[] {
  return bars.map((one) => {
    const { instrument, timeframe, closeOnly } = one;
    const { symbol, score, rows, totals } = checkBars(one, {
      symbol: instrument.symbol,
      timeframe,
      closeOnly,
      calendar,
    });
    return { symbol, score, rows, issues: Object.entries(totals).map(([kind, count]) => ({ kind, count })) };
  });
}
