/** As-of join: each left row meets the latest right row that is not later. */
import type { Column, Frame } from './frame.ts';

/**
 * Both frames are sorted by `key`. Columns of `right` are added under their names; numbers without a match are NaN, text is empty, flags false.
 * @param tolerance largest age of a match in units of the key
 */
export function asOfJoin(left: Frame, right: Frame, key: string, tolerance = Number.POSITIVE_INFINITY): Frame {
  const times = left.numbers(key);
  const known = right.numbers(key);
  const match = new Int32Array(left.length);
  let r = -1;
  for (let i = 0; i < left.length; i++) {
    while (r + 1 < right.length && known[r + 1]! <= times[i]!) r++;
    match[i] = r >= 0 && times[i]! - known[r]! <= tolerance ? r : -1;
  }
  const added = right.names
    .filter((name) => name !== key)
    .map((name): [string, Column] => [name, gather(right.column(name), match)]);
  return left.with(Object.fromEntries(added));
}

function gather(column: Column, rows: Int32Array): Column {
  if (column instanceof Float64Array || column instanceof Int32Array)
    return Float64Array.from(rows, (r) => (r < 0 ? Number.NaN : column[r]!));
  if (typeof column[0] === 'boolean') return Array.from(rows, (r) => r >= 0 && column[r] === true);
  return Array.from(rows, (r) => (r < 0 ? '' : String(column[r])));
}
