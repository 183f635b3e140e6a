/** What the same money would have become without the strategy: equal-weight buy and hold. */
import { type Bars, barCount, closeTime } from '../model/index.ts';
import type { Market, Markets } from './market.ts';
import type { Range } from './options.ts';

/**
 * The value, at each of `times`, of `cash` split equally over the instruments at the first of them and then left alone.
 * An instrument that lists later is bought at its first close; until then its share waits in cash. Missing closes keep the last one.
 * @param times ascending epoch milliseconds at which bars complete
 */
export function buyAndHold(bars: readonly Bars[], times: Float64Array, cash: number): Float64Array {
  const value = new Float64Array(times.length);
  const share = cash / bars.length;
  for (const one of bars) {
    const total = barCount(one);
    let row = 0;
    let price = Number.NaN;
    let bought = Number.NaN;
    for (let i = 0; i < times.length; i++) {
      while (row < total && closeTime(one.timeframe, one.time[row]!) <= times[i]!) {
        const close = one.close[row]!;
        if (close > 0) price = close;
        row++;
      }
      if (Number.isNaN(bought)) bought = price;
      value[i] = value[i]! + (Number.isNaN(bought) ? share : (share * price) / bought);
    }
  }
  return value;
}

export type Benchmark = { readonly name: string; readonly value: Float64Array };

export type BenchmarkSetting = {
  readonly market: Market;
  readonly bars: readonly Bars[];
  readonly range: Range;
  readonly times: Float64Array;
  readonly cash: number;
  readonly markets: Markets;
};

/**
 * The benchmark a run is measured against.
 * @param asked a symbol of the data, a data set, `dataset:symbol`, `none`; the data's own benchmark or its traded instruments when undefined
 * @throws SigmaError usage/unknown-instrument, usage/unknown-dataset
 */
export async function benchmarkOf(
  asked: string | undefined,
  setting: BenchmarkSetting,
): Promise<Benchmark | undefined> {
  const { market, bars, times, cash } = setting;
  if (asked === 'none' || times.length === 0) return undefined;
  const hold = (name: string, held: readonly Bars[]): Benchmark => ({ name, value: buyAndHold(held, times, cash) });
  const symbol = asked ?? market.info.benchmark;
  if (symbol === undefined) return hold(bars.length === 1 ? 'buy and hold' : 'equal-weight buy and hold', bars);
  const traded = bars.filter((b) => b.instrument.symbol === symbol);
  if (traded.length > 0) return hold(symbol, traded);
  const window = { from: Number.NEGATIVE_INFINITY, to: setting.range.to };
  if (market.info.symbols.includes(symbol)) return hold(symbol, await market.read({ ...window, symbols: [symbol] }));
  const [name = '', ...rest] = symbol.split(':');
  const other = await setting.markets.open(name);
  const held = await other.read(rest.length === 0 ? window : { ...window, symbols: [rest.join(':')] });
  return hold(symbol, held);
}
