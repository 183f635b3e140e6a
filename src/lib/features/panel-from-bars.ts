/** A panel from bars: the channels of a specification evaluated, its sessions laid over the rows. */
import { SigmaError } from '../core/index.ts';
import { evaluateAll } from '../indicators/index.ts';
import { type Bars, parseTimeframe, timeframeMs } from '../model/index.ts';
import { channelExpression } from './channel-expression.ts';
import type { ChannelSeries, Panel } from './panel.ts';
import { roundTheClock, type SessionCalendar, type SessionClock, sessionClock } from './session-clock.ts';
import type { FeatureSpec } from './specification.ts';

export type PanelOptions = {
  /** The calendar that the specification names; each UTC day by default. */
  readonly calendar?: SessionCalendar;
};

/**
 * One series an instrument, in the order given. Rows outside the session, and those that it skips at its start, are left out;
 * channels are evaluated over all bars before.
 * @throws SigmaError features/invalid when bars have another timeframe than the specification
 */
export function panelFromBars(spec: FeatureSpec, bars: readonly Bars[], options: PanelOptions = {}): Panel {
  const { calendar = roundTheClock } = options;
  if (bars.length === 0)
    throw new SigmaError('data/empty', 'there are no bars to make a panel of', { where: spec.name });
  if (spec.source !== 'bars')
    throw new SigmaError('features/invalid', 'the specification reads ticks', { where: `${spec.name}: source` });
  const wrong = bars.find((b) => b.timeframe !== spec.timeframe);
  if (wrong !== undefined)
    throw new SigmaError('features/invalid', `the bars of ${wrong.instrument.symbol} are of ${wrong.timeframe}`, {
      where: `${spec.name}: timeframe`,
      hint: `resample them to ${spec.timeframe}`,
    });
  const stepMs = timeframeMs(parseTimeframe(spec.timeframe));
  const channels = spec.channels.map((c) => c.name);
  const expressions = spec.channels.map((c, k) => [c.name, channelExpression(c, `channels.${k}`)] as const);
  const columns = evaluateAll(Object.fromEntries(expressions), bars);
  return {
    channels,
    stepMs,
    slots: spec.session.slots,
    series: bars.map((b, i) => {
      const rows = sessionRows(b.time, sessionClock(spec, calendar, stepMs));
      return seriesOf(
        b,
        rows,
        channels.map((name) => columns[i]![name]!),
        stepMs,
      );
    }),
  };
}

type SessionRows = { readonly row: Int32Array; readonly day: Int32Array; readonly slot: Int32Array };

/** The rows that the specification keeps, with their day and slot. */
function sessionRows(time: Float64Array, clock: SessionClock): SessionRows {
  const kept = {
    row: new Int32Array(time.length),
    day: new Int32Array(time.length),
    slot: new Int32Array(time.length),
  };
  let n = 0;
  for (let r = 0; r < time.length; r++) {
    if (!clock.place(time[r]!)) continue;
    kept.row[n] = r;
    kept.day[n] = clock.day;
    kept.slot[n++] = clock.slot;
  }
  return { row: kept.row.slice(0, n), day: kept.day.slice(0, n), slot: kept.slot.slice(0, n) };
}

function seriesOf(
  bars: Bars,
  { row, day, slot }: SessionRows,
  columns: readonly Float64Array[],
  stepMs: number,
): ChannelSeries {
  const pick = (column: Float64Array): Float64Array => Float64Array.from(row, (r) => column[r]!);
  return {
    symbol: bars.instrument.symbol,
    at: Float64Array.from(row, (r) => bars.time[r]! + stepMs),
    day,
    slot,
    values: columns.map(pick),
  };
}
