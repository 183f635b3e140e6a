/** Civil dates as UTC midnights: weekdays, nth weekdays, Easter. */
import { DAY } from '../../model/index.ts';

/** @param month 1 to 12 */
export function civil(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day);
}

export function floorDay(time: number): number {
  return Math.floor(time / DAY) * DAY;
}

export function yearOf(date: number): number {
  return new Date(date).getUTCFullYear();
}

/** 0 is Sunday. */
export function weekday(date: number): number {
  // 1970-01-01 was a Thursday.
  return (((Math.floor(date / DAY) + 4) % 7) + 7) % 7;
}

export function isWeekend(date: number): boolean {
  const day = weekday(date);
  return day === 0 || day === 6;
}

/** The nth given weekday of a month. */
export function nthWeekday(year: number, month: number, day: number, nth: number): number {
  const first = civil(year, month, 1);
  return first + (((day - weekday(first) + 7) % 7) + 7 * (nth - 1)) * DAY;
}

export function lastWeekday(year: number, month: number, day: number): number {
  const last = civil(year, month + 1, 1) - DAY;
  return last - ((weekday(last) - day + 7) % 7) * DAY;
}

/** Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher; Nature 13, 1876). */
export function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  return civil(year, month, (h + l - 7 * m + 33 * month + 19) % 32);
}
