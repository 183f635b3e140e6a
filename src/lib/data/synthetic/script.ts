/** The scripted events of a market as columns for one asset, one value a bar. */
import { unreachable } from '../../core/index.ts';
import { lowerBound, parseTime } from '../../model/index.ts';
import type { MarketEvent } from './events.ts';

export type Script = {
  /** Log return added inside the bar. */
  readonly drift: Float64Array;
  /** Log return between the close before and the open. */
  readonly gap: Float64Array;
  /** Multipliers. */
  readonly volatility: Float64Array;
  readonly volume: Float64Array;
  /** Bars until the delisting; all without one. */
  readonly rows: number;
};

/** @param time open times of the bars, ascending */
export function scriptOf(events: readonly MarketEvent[], symbol: string, time: Float64Array): Script {
  const count = time.length;
  const drift = new Float64Array(count);
  const gap = new Float64Array(count);
  const volatility = new Float64Array(count).fill(1);
  const volume = new Float64Array(count).fill(1);
  let rows = count;
  for (const event of events) {
    if (event.assets !== null && !event.assets.includes(symbol)) continue;
    const row = rowOf(event.at, time);
    switch (event.kind) {
      case 'move': {
        const size = Math.log1p(event.size);
        spread(drift, row, event.bars, size);
        spread(drift, row + event.bars, event.revertBars, -event.revert * size);
        break;
      }
      case 'gap':
        if (row < count) gap[row] = gap[row]! + Math.log1p(event.size);
        break;
      case 'volatility':
        multiply(volatility, row, event.bars, event.factor);
        break;
      case 'volume':
        multiply(volume, row, event.bars, event.factor);
        break;
      case 'delisting':
        spread(drift, row - event.bars, event.bars, Math.log1p(event.decline));
        rows = Math.min(rows, Math.max(1, row));
        break;
      default:
        unreachable(event);
    }
  }
  return { drift, gap, volatility, volume, rows };
}

/** The first bar at or after a time, or at that share of all bars. */
function rowOf(at: number | string, time: Float64Array): number {
  return typeof at === 'number' ? Math.floor(at * time.length) : lowerBound(time, parseTime(at));
}

function spread(column: Float64Array, from: number, bars: number, total: number): void {
  for (let i = Math.max(0, from); i < Math.min(column.length, from + bars); i++) column[i] = column[i]! + total / bars;
}

function multiply(column: Float64Array, from: number, bars: number, factor: number): void {
  for (let i = from; i < Math.min(column.length, from + bars); i++) column[i] = column[i]! * factor;
}
