/** Bars as a frame, so that a notebook shows and slices them like every other table. */
import { type Column, type Frame, frame } from '../../frame/index.ts';
import { type Bars, barCount } from '../../model/index.ts';

/**
 * Columns symbol, time, open, high, low, close, volume, one instrument after the other; `time` is the open time in UTC epoch milliseconds.
 * One instrument shares its memory.
 */
export function barsFrame(bars: Bars | readonly Bars[]): Frame {
  const all = 'instrument' in bars ? [bars] : bars;
  const symbol: Column = all.flatMap((b) => new Array<string>(barCount(b)).fill(b.instrument.symbol));
  const joined = (field: 'time' | 'open' | 'high' | 'low' | 'close' | 'volume'): Float64Array => {
    if (all.length === 1) return all[0]![field];
    const values = new Float64Array(symbol.length);
    let at = 0;
    for (const b of all) {
      values.set(b[field], at);
      at += barCount(b);
    }
    return values;
  };
  return frame({
    symbol,
    time: joined('time'),
    open: joined('open'),
    high: joined('high'),
    low: joined('low'),
    close: joined('close'),
    volume: joined('volume'),
  });
}
