/** What the same money would have become without the strategy: equal-weight buy and hold. */
import { type Bars, barCount, closeTime, type Instrument } from '../model/index.ts';
import { holderBars, longer } from './corporate-actions.ts';
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
  readonly range: Range;
  readonly times: Float64Array;
  readonly cash: number;
  readonly markets: Markets;
  readonly traded: readonly Instrument[];
  /** The value of holding the traded instruments, or the one of them that the benchmark names. */
  readonly held: (times: Float64Array) => Float64Array;
};

/** The symbol a benchmark names: what was asked for, or the data's own. */
export function benchmarkSymbol(asked: string | undefined, market: Market): string | undefined {
  return asked ?? market.info.benchmark;
}

/**
 * The benchmark a run is measured against.
 * @param asked a symbol of the data, a data set, `dataset:symbol`, `none`; the data's own benchmark or its traded instruments when undefined
 * @throws SigmaError usage/unknown-instrument, usage/unknown-dataset
 */
export async function benchmarkOf(
  asked: string | undefined,
  setting: BenchmarkSetting,
): Promise<Benchmark | undefined> {
  const { market, times, cash, traded } = setting;
  if (asked === 'none' || times.length === 0) return undefined;
  const symbol = benchmarkSymbol(asked, market);
  if (symbol === undefined)
    return { name: traded.length === 1 ? 'buy and hold' : 'equal-weight buy and hold', value: setting.held(times) };
  if (traded.some((one) => one.symbol === symbol)) return { name: symbol, value: setting.held(times) };
  const hold = async (from: Market, symbols?: readonly string[]): Promise<Benchmark> => {
    const window = { from: Number.NEGATIVE_INFINITY, to: setting.range.to };
    const { read, lengthen } = from.shorter ?? { read: from.read, lengthen: undefined };
    const bars = await read(symbols === undefined ? window : { ...window, symbols });
    const { actions, stored } = await from.actions();
    const held = longer(stored ? holderBars(bars, actions) : bars, lengthen);
    return { name: symbol, value: buyAndHold(held, times, cash) };
  };
  if (market.info.symbols.includes(symbol)) return hold(market, [symbol]);
  const [name = '', ...rest] = symbol.split(':');
  return hold(await setting.markets.open(name), rest.length === 0 ? undefined : [rest.join(':')]);
}
