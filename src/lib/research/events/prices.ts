/** Prices beside the rows of a panel, which labels and outcomes are read from; features never see them. */
import { SigmaError } from '../../core/index.ts';
import type { Panel } from '../../features/index.ts';
import { type BarColumns, type Bars, closeTime } from '../../model/index.ts';

/** One entry a row of the series; NaN where the bars have none. */
export type PricePath = Pick<BarColumns, 'open' | 'high' | 'low' | 'close'>;

/**
 * The bars of each series of a panel, row by row: the bar that is complete when the row is known.
 * @throws SigmaError usage/unknown-instrument when a series has no bars
 */
export function pricesOf(panel: Panel, bars: readonly Bars[]): PricePath[] {
  const bySymbol = new Map(bars.map((b) => [b.instrument.symbol, b]));
  return panel.series.map(({ symbol, at }) => {
    const own = bySymbol.get(symbol);
    if (own === undefined)
      throw new SigmaError('usage/unknown-instrument', `there are no bars of ${symbol}`, { where: 'prices' });
    const column = (): Float64Array => new Float64Array(at.length).fill(Number.NaN);
    const path = { open: column(), high: column(), low: column(), close: column() };
    let bar = 0;
    for (let row = 0; row < at.length; row++) {
      while (bar < own.time.length && closeTime(own.timeframe, own.time[bar]!) < at[row]!) bar++;
      if (bar === own.time.length || closeTime(own.timeframe, own.time[bar]!) !== at[row]) continue;
      path.open[row] = own.open[bar]!;
      path.high[row] = own.high[bar]!;
      path.low[row] = own.low[bar]!;
      path.close[row] = own.close[bar]!;
    }
    return path;
  });
}
