/** Numbers in JSON: JSON has no NaN and no infinities, so they are written as null and as text. */
import type { Json } from '../core/index.ts';

export type NumberJson = number | null | 'Infinity' | '-Infinity';

export function toNumberJson(value: number): NumberJson {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? null : value > 0 ? 'Infinity' : '-Infinity';
}

export function fromNumberJson(value: NumberJson): number {
  return value === null ? Number.NaN : Number(value);
}

/** Plain data as JSON: numbers as `toNumberJson`, typed arrays as lists, members that are undefined left out. */
export function toPlainJson(value: unknown): Json {
  if (typeof value === 'number') return toNumberJson(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array, toNumberJson); // no views of bytes are kept
  if (Array.isArray(value)) return value.map(toPlainJson);
  if (typeof value !== 'object' || value === null) return value as Json; // text and booleans
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, toPlainJson(member)]));
}

/** What `toPlainJson` wrote, typed arrays as lists of numbers: null is read as NaN, so it stands for nothing else. */
export function fromPlainJson(value: unknown): unknown {
  if (value === null || value === 'Infinity' || value === '-Infinity') return fromNumberJson(value);
  if (Array.isArray(value)) return value.map(fromPlainJson);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fromPlainJson(member)]));
}
