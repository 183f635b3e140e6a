/** A panel from trades and quotes: windows by the time at which ticks became known, laid over the sessions of a specification. */
import { SigmaError } from '../core/index.ts';
import { parseTimeframe, timeframeMs } from '../model/index.ts';
import type { ChannelSeries, Panel } from './panel.ts';
import { roundTheClock, type SessionCalendar, type SessionClock, sessionClock } from './session-clock.ts';
import type { FeatureSpec } from './specification.ts';
import { type Tick, type TickWindow, tickChannels, tickWindows } from './tick-windows.ts';

export type InstrumentTicks = { readonly symbol: string; readonly ticks: Iterable<Tick> };

export type TickPanelOptions = {
  /** The calendar that the specification names; each UTC day by default. */
  readonly calendar?: SessionCalendar;
};

/**
 * One series an instrument, a row for each window up to its last tick; a window's row is known when the window ends.
 * @throws SigmaError features/invalid for a specification of bars, data/unsorted for ticks not in the order of their ingest times
 */
export function panelFromTicks(
  spec: FeatureSpec,
  instruments: readonly InstrumentTicks[],
  { calendar = roundTheClock }: TickPanelOptions = {},
): Panel {
  if (spec.source !== 'ticks')
    throw new SigmaError('features/invalid', 'the specification reads bars', {
      where: `${spec.name}: source`,
      hint: "write source: 'ticks'",
    });
  const stepMs = timeframeMs(parseTimeframe(spec.timeframe));
  return {
    channels: spec.channels.map((c) => c.name),
    stepMs,
    slots: spec.session.slots,
    series: instruments.map((one) => seriesOf(spec, one, sessionClock(spec, calendar, stepMs), stepMs)),
  };
}

function seriesOf(
  spec: FeatureSpec,
  { symbol, ticks }: InstrumentTicks,
  clock: SessionClock,
  stepMs: number,
): ChannelSeries {
  const at: number[] = [];
  const day: number[] = [];
  const slot: number[] = [];
  const names: readonly string[] = tickChannels;
  const picked = spec.channels.map((c) => names.indexOf(c.expression));
  const values = picked.map((): number[] => []);
  const windows = tickWindows(stepMs);
  const take = (window: TickWindow): void => {
    if (!clock.place(window.at - stepMs)) return;
    at.push(window.at);
    day.push(clock.day);
    slot.push(clock.slot);
    picked.forEach((from, c) => {
      values[c]!.push(window.values[from]!);
    });
  };
  let known = Number.NEGATIVE_INFINITY;
  for (const tick of ticks) {
    if (tick.ingestTime < known)
      throw new SigmaError('data/unsorted', `a tick known at ${tick.ingestTime} comes after one known at ${known}`, {
        where: symbol,
        hint: 'sort ticks by ingest time, not by event time',
      });
    known = tick.ingestTime;
    windows.push(tick, take);
  }
  return {
    symbol,
    at: Float64Array.from(at),
    day: Int32Array.from(day),
    slot: Int32Array.from(slot),
    values: values.map((column) => Float64Array.from(column)),
  };
}
