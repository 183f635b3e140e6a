/** Time is UTC epoch milliseconds as a number; a fraction carries microseconds. */
import { SigmaError } from '../core/index.ts';

export const SECOND = 1_000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;
export const WEEK = 604_800_000;

const isoPattern = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Reads an ISO 8601 date or time; UTC unless it carries an offset.
 * @throws SigmaError usage/bad-option naming `where` when the text is not one.
 */
export function parseTime(text: string, where = 'time'): number {
  const trimmed = text.trim();
  if (isoPattern.test(trimmed)) {
    const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(trimmed.slice(10));
    const time = Date.parse(trimmed.length === 10 ? trimmed : `${trimmed.replace(' ', 'T')}${zoned ? '' : 'Z'}`);
    if (!Number.isNaN(time)) return time;
  }
  throw new SigmaError('usage/bad-option', `'${text}' is not an ISO 8601 date or time`, {
    where,
    hint: 'write 2021-01-01 or 2021-01-01T09:30:00Z',
  });
}

/** ISO 8601 in UTC: `2021-01-01` at midnight, otherwise with the time of day and no more digits than it needs. */
export function formatTime(time: number): string {
  if (!Number.isFinite(time)) return 'never';
  const iso = new Date(time).toISOString();
  if (iso.endsWith('T00:00:00.000Z')) return iso.slice(0, 10);
  return iso.replace(':00.000Z', 'Z').replace('.000Z', 'Z');
}
