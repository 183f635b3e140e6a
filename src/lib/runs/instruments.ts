/** Instruments as a run trades them. */
import type { Bars } from '../model/index.ts';

/** @param wholeUnits true rounds all quantities to whole units, false allows any fraction, undefined leaves each instrument its lot size */
export function tradable(bars: readonly Bars[], wholeUnits: boolean | undefined): readonly Bars[] {
  if (wholeUnits === undefined) return bars;
  return bars.map((one) => {
    const lotSize = wholeUnits ? Math.max(1, Math.ceil(one.instrument.lotSize)) : 0;
    return { ...one, instrument: { ...one.instrument, lotSize } };
  });
}
