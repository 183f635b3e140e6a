/** A time cell as bytes to epoch milliseconds, without making a string of it. */
import { type TimeFormat, timeFormats } from './csv-format.ts';

/** Where a parser puts what it found: `out[TIME]` milliseconds, `out[OFFSET]` minutes ahead of UTC or NaN when none is written. */
export const TIME = 0;
export const OFFSET = 1;

export const timeFormatCode: Readonly<Record<TimeFormat, number>> = {
  iso: 0,
  'epoch-s': 1,
  'epoch-ms': 2,
  'epoch-us': 3,
  'epoch-ns': 4,
  yyyymmdd: 5,
  'day-first': 6,
  'month-first': 7,
  'named-month': timeFormats.length,
};

/** Reads one cell from `p`. @returns the position after it, or -1 when it is no time of this format */
export function readTimeCell(bytes: Uint8Array, p: number, format: number, out: Float64Array): number {
  out[OFFSET] = Number.NaN;
  if (format === 0) return readIso(bytes, p, out);
  if (format <= 4) return readEpoch(bytes, p, format, out);
  if (format === 5) return readCompact(bytes, p, out);
  if (format <= 7) return readNumericDate(bytes, p, format === 6, out);
  return -1;
}

function readIso(bytes: Uint8Array, p: number, out: Float64Array): number {
  // Rows of one day share their date: its ten bytes as two and a half words.
  const head = word(bytes, p);
  const middle = word(bytes, p + 4);
  const tail = (bytes[p + 8]! << 8) | bytes[p + 9]!;
  if (head === knownHead && middle === knownMiddle && tail === knownTail) return afterDay(bytes, p + 10, knownDay, out);
  const year = digits(bytes, p, 4);
  const separator = bytes[p + 4]!;
  if (year < 0 || (separator !== 45 && separator !== 47 && separator !== 46) || bytes[p + 7] !== separator) return -1;
  const month = digits(bytes, p + 5, 2);
  const day = digits(bytes, p + 8, 2);
  const end = afterDate(bytes, p + 10, year, month, day, out);
  if (end >= 0) {
    knownHead = head;
    knownMiddle = middle;
    knownTail = tail;
    knownDay = daysSinceEpoch(year, month, day) * 86_400_000;
  }
  return end;
}

let knownHead = 0;
let knownMiddle = 0;
let knownTail = 0;
/** Midnight of the date that was read last. */
let knownDay = 0;

function word(bytes: Uint8Array, p: number): number {
  return (bytes[p]! << 24) | (bytes[p + 1]! << 16) | (bytes[p + 2]! << 8) | bytes[p + 3]!;
}

function readCompact(bytes: Uint8Array, p: number, out: Float64Array): number {
  return afterDate(bytes, p + 8, digits(bytes, p, 4), digits(bytes, p + 4, 2), digits(bytes, p + 6, 2), out);
}

/** One or two digits of day and month, two or four of the year. */
function readNumericDate(bytes: Uint8Array, p: number, dayFirst: boolean, out: Float64Array): number {
  const firstLength = isDigit(bytes[p + 1]!) ? 2 : 1;
  const first = digits(bytes, p, firstLength);
  p += firstLength;
  const separator = bytes[p]!;
  if (separator !== 45 && separator !== 47 && separator !== 46) return -1;
  const secondLength = isDigit(bytes[p + 2]!) ? 2 : 1;
  const second = digits(bytes, p + 1, secondLength);
  p += 1 + secondLength;
  if (bytes[p] !== separator) return -1;
  const yearLength = isDigit(bytes[p + 3]!) ? 4 : 2;
  let year = digits(bytes, p + 1, yearLength);
  if (year >= 0 && yearLength === 2) year += year < 70 ? 2000 : 1900;
  p += 1 + yearLength;
  return dayFirst ? afterDate(bytes, p, year, second, first, out) : afterDate(bytes, p, year, first, second, out);
}

/** Time of day and offset, both optional, after a date. */
function afterDate(bytes: Uint8Array, p: number, year: number, month: number, day: number, out: Float64Array): number {
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return -1;
  return afterDay(bytes, p, daysSinceEpoch(year, month, day) * 86_400_000, out);
}

function afterDay(bytes: Uint8Array, p: number, midnight: number, out: Float64Array): number {
  let ms = midnight;
  const next = bytes[p]!;
  if ((next === 84 || next === 32) && isDigit(bytes[p + 1]!)) {
    p = readClock(bytes, p + 1, out);
    if (p < 0) return -1;
    ms += out[TIME]!;
    p = readOffset(bytes, p, out);
    if (p < 0) return -1;
    if (!Number.isNaN(out[OFFSET]!)) ms -= out[OFFSET]! * 60_000;
  }
  out[TIME] = ms;
  return p;
}

/** `HH:MM[:SS[.fff]]`, `HHMM[SS]`, with or without AM or PM. Milliseconds of the day go to `out[TIME]`. */
export function readClock(bytes: Uint8Array, p: number, out: Float64Array): number {
  const hourLength = isDigit(bytes[p + 1]!) ? 2 : 1;
  let hour = digits(bytes, p, hourLength);
  p += hourLength;
  const colon = bytes[p] === 58;
  if (colon) p++;
  const minute = digits(bytes, p, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return -1;
  p += 2;
  let second = 0;
  if (colon ? bytes[p] === 58 : isDigit(bytes[p]!)) {
    if (colon) p++;
    second = digits(bytes, p, 2);
    if (second < 0 || second > 59) return -1;
    p += 2;
  }
  let fraction = 0;
  if (bytes[p] === 46) {
    let scale = 1;
    for (p++; isDigit(bytes[p]!); p++) {
      fraction = fraction * 10 + bytes[p]! - 48;
      scale *= 10;
    }
    fraction /= scale;
  }
  const half = bytes[bytes[p] === 32 ? p + 1 : p]! | 32;
  if (half === 97 || half === 112) {
    p += bytes[p] === 32 ? 3 : 2;
    if ((bytes[p - 1]! | 32) !== 109 || hour < 1 || hour > 12) return -1;
    hour = (hour % 12) + (half === 112 ? 12 : 0);
  }
  out[TIME] = hour * 3_600_000 + minute * 60_000 + second * 1000 + fraction * 1000;
  return p;
}

/** `Z`, ` UTC`, `+09:00`, `-0500`, `+09` or nothing. */
function readOffset(bytes: Uint8Array, p: number, out: Float64Array): number {
  const b = bytes[p]!;
  if (b === 90) {
    out[OFFSET] = 0;
    return p + 1;
  }
  if (b === 32 && bytes[p + 1] === 85 && bytes[p + 2] === 84 && bytes[p + 3] === 67) {
    out[OFFSET] = 0;
    return p + 4;
  }
  if (b !== 43 && b !== 45) return p;
  const hours = digits(bytes, p + 1, 2);
  let q = p + 3;
  if (bytes[q] === 58) q++;
  const minutes = isDigit(bytes[q]!) ? digits(bytes, q, 2) : 0;
  if (isDigit(bytes[q]!)) q += 2;
  if (hours < 0 || hours > 15 || minutes < 0 || minutes > 59) return -1;
  out[OFFSET] = (b === 45 ? -1 : 1) * (hours * 60 + minutes);
  return q;
}

function readEpoch(bytes: Uint8Array, p: number, format: number, out: Float64Array): number {
  const start = p;
  const negative = bytes[p] === 45;
  if (negative) p++;
  // Nine digits are an integer to the processor; the rest is multiplied in at most twice more.
  let whole = 0;
  while (isDigit(bytes[p]!)) {
    let part = 0;
    let scale = 1;
    for (let end = p + 9; p < end && isDigit(bytes[p]!); p++) {
      part = (Math.imul(part, 10) + bytes[p]! - 48) | 0;
      scale = Math.imul(scale, 10);
    }
    whole = whole * scale + part;
  }
  if (p === start + (negative ? 1 : 0)) return -1;
  let fraction = 0;
  if (bytes[p] === 46) {
    let scale = 1;
    for (p++; isDigit(bytes[p]!); p++) {
      fraction = fraction * 10 + bytes[p]! - 48;
      scale *= 10;
    }
    fraction /= scale;
  }
  // Seconds as `1.6e9` and the like are read by the slow path.
  const value = whole + fraction;
  const ms = format === 1 ? value * 1000 : format === 2 ? value : format === 3 ? value / 1000 : value / 1e6;
  out[TIME] = negative ? -ms : ms;
  return p;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** A number of exactly `count` digits, or -1. */
function digits(bytes: Uint8Array, p: number, count: number): number {
  let value = 0;
  for (let end = p + count; p < end; p++) {
    const d = bytes[p]! - 48;
    if (!(d >= 0 && d <= 9)) return -1;
    value = value * 10 + d;
  }
  return value;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days from 1970-01-01 in the proleptic Gregorian calendar (Hinnant 2013, days_from_civil), for years from 0. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}
