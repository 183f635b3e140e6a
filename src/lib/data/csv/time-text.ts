/** One time cell as text: for detection, and for cells the byte parser does not take. */
import type { TimeFormat } from './csv-format.ts';
import { OFFSET, readTimeCell, TIME, timeFormatCode } from './time-cell.ts';

export type TimeText = { readonly time: number; readonly offset: number };

const encoder = new TextEncoder();
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Milliseconds and offset in minutes (NaN when none is written), or nothing when the text is no time of the format. */
export function timeOfText(text: string, format: TimeFormat): TimeText | undefined {
  const plain = format === 'named-month' ? numericMonth(text.trim()) : text.trim();
  if (plain === undefined) return undefined;
  const bytes = encoder.encode(`${plain}\n`);
  const out = new Float64Array(2);
  const code = timeFormatCode[format === 'named-month' ? 'iso' : format];
  const end = readTimeCell(bytes, 0, code, out);
  return end === bytes.length - 1 ? { time: out[TIME]!, offset: out[OFFSET]! } : undefined;
}

/** `31-Jan-2021 09:30` and `Jan 31, 2021` with the month as a number, year first. */
function numericMonth(text: string): string | undefined {
  const dayFirst = /^(\d{1,2})[-/ .]([A-Za-z]{3,9})\.?[-/ ,]+(\d{4})(.*)$/.exec(text);
  const monthFirst = /^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})(.*)$/.exec(text);
  const [day, name, year, rest] = dayFirst
    ? [dayFirst[1], dayFirst[2], dayFirst[3], dayFirst[4]]
    : [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3], monthFirst?.[4]];
  const month = months.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1;
  if (day === undefined || month === 0) return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}${rest ?? ''}`;
}
