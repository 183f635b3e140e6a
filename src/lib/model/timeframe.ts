/** Timeframes: the span of one bar. `1m` is a minute, `1M` a calendar month. */
import { SigmaError } from '../core/index.ts';
import { DAY, HOUR, MINUTE, SECOND, WEEK } from './time.ts';

export type TimeframeUnit = 's' | 'm' | 'h' | 'd' | 'w' | 'M';
export type Timeframe = `${number}${TimeframeUnit}`;

const unitMs: Record<Exclude<TimeframeUnit, 'M'>, number> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: WEEK };

/** @throws SigmaError usage/bad-option */
export function parseTimeframe(text: string, where = 'timeframe'): Timeframe {
  if (isTimeframe(text)) return text;
  throw new SigmaError('usage/bad-option', `'${text}' is not a timeframe`, {
    where,
    hint: 'write 1m, 15m, 1h, 4h, 1d, 1w or 1M',
  });
}

function isTimeframe(text: string): text is Timeframe {
  return /^[1-9]\d{0,3}[smhdwM]$/.test(text);
}

/** Length in milliseconds; NaN for months, which have no fixed length. */
export function timeframeMs(timeframe: Timeframe): number {
  const unit = timeframe.at(-1) as TimeframeUnit;
  return unit === 'M' ? Number.NaN : Number.parseInt(timeframe, 10) * unitMs[unit];
}

/** When a bar opened at `openTime` is complete. */
export function closeTime(timeframe: Timeframe, openTime: number): number {
  const ms = timeframeMs(timeframe);
  if (!Number.isNaN(ms)) return openTime + ms;
  const open = new Date(openTime);
  return Date.UTC(open.getUTCFullYear(), open.getUTCMonth() + Number.parseInt(timeframe, 10), 1);
}

/** When the bar opened that is complete at `closeTime`. */
export function openTime(timeframe: Timeframe, closeTime: number): number {
  const ms = timeframeMs(timeframe);
  if (!Number.isNaN(ms)) return closeTime - ms;
  const close = new Date(closeTime);
  return Date.UTC(close.getUTCFullYear(), close.getUTCMonth() - Number.parseInt(timeframe, 10), 1);
}

/** Sorts timeframes and compares their spans; a month counts as 30.44 days. */
export function approximateMs(timeframe: Timeframe): number {
  const ms = timeframeMs(timeframe);
  return Number.isNaN(ms) ? Number.parseInt(timeframe, 10) * 30.436875 * DAY : ms;
}

/** Bars in a year, for annualising: 252 sessions for daily equity bars, calendar time for markets that never close. */
export function barsPerYear(timeframe: Timeframe, sessionsPerYear: number, hoursPerSession: number): number {
  const ms = approximateMs(timeframe);
  if (ms >= DAY) return timeframe.endsWith('d') ? (sessionsPerYear * DAY) / ms : (365.2425 * DAY) / ms;
  return (sessionsPerYear * hoursPerSession * HOUR) / ms;
}
