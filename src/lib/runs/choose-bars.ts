/** Instruments by symbol. */
import { didYouMean, SigmaError } from '../core/index.ts';
import type { Bars } from '../model/index.ts';

/** The bars of the wanted symbols in the order they were asked for; all without a wish. @throws SigmaError usage/unknown-instrument */
export function chooseBars(
  bars: readonly Bars[],
  wanted: readonly string[] | undefined,
  where: string,
): readonly Bars[] {
  if (wanted === undefined) return bars;
  const bySymbol = new Map(bars.map((one) => [one.instrument.symbol, one]));
  return wanted.map((symbol) => {
    const found = bySymbol.get(symbol);
    if (found !== undefined) return found;
    const near = didYouMean(symbol, bySymbol.keys());
    throw new SigmaError('usage/unknown-instrument', `no instrument '${symbol}'`, {
      where,
      hint: near || `there are ${[...bySymbol.keys()].join(', ')}`,
    });
  });
}
