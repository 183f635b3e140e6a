/** Instruments as a run trades them. */
import type { Bars, Instrument } from '../model/index.ts';

/** @param wholeUnits true rounds all quantities to whole units, false allows any fraction, undefined leaves each instrument its lot size */
export function tradable(instruments: readonly Instrument[], wholeUnits: boolean | undefined): readonly Instrument[] {
  if (wholeUnits === undefined) return instruments;
  return instruments.map((one) => ({ ...one, lotSize: wholeUnits ? Math.max(1, Math.ceil(one.lotSize)) : 0 }));
}

export function tradableBars(bars: readonly Bars[], wholeUnits: boolean | undefined): readonly Bars[] {
  if (wholeUnits === undefined) return bars;
  const instruments = tradable(
    bars.map((one) => one.instrument),
    wholeUnits,
  );
  return bars.map((one, i) => ({ ...one, instrument: instruments[i]! }));
}
