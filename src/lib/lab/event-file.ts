/** Events that somebody dated: a table with the columns symbol and time, in any format that tables are read from. */
import { SigmaError } from '../core/index.ts';
import { readTable } from '../data/index.ts';
import { parseTime } from '../model/index.ts';
import type { LabelledEvent } from '../research/index.ts';

/** @throws SigmaError data/not-found, data/missing-column, data/bad-time with file and row, data/empty */
export async function readEvents(path: string): Promise<readonly LabelledEvent[]> {
  const table = await readTable(path);
  // Of a file without a row, not every format tells the columns.
  if ((Object.values(table)[0]?.length ?? 0) === 0)
    throw new SigmaError('data/empty', 'there is no event in it', {
      where: path,
      hint: 'write a row of symbol and time for each',
    });
  const column = (name: string): ArrayLike<unknown> => {
    const found = table[name];
    if (found !== undefined) return found;
    throw new SigmaError('data/missing-column', `there is no column '${name}'`, {
      where: path,
      hint: `it has ${Object.keys(table).join(', ')}; events need symbol and time`,
    });
  };
  const [symbols, times] = [column('symbol'), column('time')];
  return Array.from({ length: symbols.length }, (_, k) => {
    // The first row of the file names the columns.
    const where = `${path}:${k + 2}`;
    return { symbol: String(symbols[k]), time: timeOf(times[k], where), where };
  });
}

function timeOf(cell: unknown, where: string): number {
  const time = typeof cell === 'number' ? cell : written(String(cell));
  if (Number.isFinite(time)) return time;
  const found = typeof cell === 'string' && cell !== '' ? `'${cell}' is no time` : 'the event has no time';
  throw new SigmaError('data/bad-time', found, {
    where,
    hint: 'write ISO 8601, as 2021-01-01T09:30:00Z, or epoch milliseconds',
  });
}

/** NaN for what is no time. */
function written(text: string): number {
  try {
    return parseTime(text);
  } catch (cause) {
    if (cause instanceof SigmaError) return Number.NaN;
    throw cause;
  }
}
