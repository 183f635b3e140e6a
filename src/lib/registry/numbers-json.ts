/** Numbers in JSON: JSON has no NaN and no infinities, so they are written as null and as text. */

export type NumberJson = number | null | 'Infinity' | '-Infinity';

export function toNumberJson(value: number): NumberJson {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? null : value > 0 ? 'Infinity' : '-Infinity';
}

export function fromNumberJson(value: NumberJson): number {
  return value === null ? Number.NaN : Number(value);
}
