/** Bars to a Postgres table: COPY in one transaction, all or nothing. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { SigmaError } from '../../core/index.ts';
import { type Bars, barCount } from '../../model/index.ts';
import { parsePostgresUrl, quoteTable, withPostgres } from './connect.ts';

export type WritePostgresOptions = {
  /** Table to create, with its schema if it has one; may also be in the URL as `?table=`. */
  readonly table?: string;
  /** Drop a table of that name first, in the same transaction. */
  readonly replace?: boolean;
};

/** Rows a chunk of the stream: large enough to be fast, small enough to stay out of the way. */
const CHUNK = 4096;

/**
 * Creates the table with columns symbol, time, open, high, low, close, volume and a primary key of symbol and time. @returns rows written
 * @throws SigmaError data/exists when the table exists, service/unreachable, service/refused; nothing is changed then
 */
export async function writeTable(
  url: string,
  bars: readonly Bars[],
  options: WritePostgresOptions = {},
): Promise<number> {
  const parsed = parsePostgresUrl(url);
  const table = options.table ?? parsed.table;
  if (table === undefined)
    throw new SigmaError('usage/bad-option', 'no table is named', {
      where: parsed.location,
      hint: 'add ?table=bars to the URL',
    });
  const source = { ...parsed, table };
  const name = quoteTable(table);
  return withPostgres(source, async (client) => {
    await client.query('BEGIN');
    const { rows } = await client.query<{ found: string | null }>('SELECT to_regclass($1)::text AS found', [name]);
    if (rows[0]?.found != null) {
      if (options.replace !== true)
        throw new SigmaError('data/exists', `the table ${table} exists already; nothing was overwritten`, {
          where: parsed.location,
          hint: 'choose another name or ask to replace it',
        });
      await client.query(`DROP TABLE ${name}`);
    }
    const prices = ['open', 'high', 'low', 'close', 'volume'].map((c) => `${c} float8`).join(', ');
    await client.query(`CREATE TABLE ${name} (symbol text NOT NULL, time timestamptz NOT NULL, ${prices})`);
    await pipeline(Readable.from(lines(bars)), client.query(copyFrom(`COPY ${name} FROM STDIN (FORMAT csv)`)));
    await client.query(`ALTER TABLE ${name} ADD PRIMARY KEY (symbol, time)`);
    await client.query('COMMIT');
    return bars.reduce((sum, b) => sum + barCount(b), 0);
  });
}

/** CSV lines; NaN is an empty cell, which is NULL. A connection that ends before COMMIT rolls everything back. */
function* lines(bars: readonly Bars[]): Iterable<string> {
  const cell = (value: number): string => (Number.isNaN(value) ? '' : String(value));
  for (const b of bars) {
    const symbol = `"${b.instrument.symbol.replaceAll('"', '""')}"`;
    for (let from = 0; from < barCount(b); from += CHUNK) {
      let text = '';
      for (let i = from; i < Math.min(from + CHUNK, barCount(b)); i++) {
        const values = [b.open[i]!, b.high[i]!, b.low[i]!, b.close[i]!, b.volume[i]!].map(cell).join(',');
        text += `${symbol},${isoMicros(b.time[i]!)},${values}\n`;
      }
      yield text;
    }
  }
}

/** Milliseconds with a fraction as ISO 8601 with microseconds. */
function isoMicros(time: number): string {
  const whole = Math.floor(time);
  const micros = String(Math.round((time - whole) * 1000)).padStart(3, '0');
  return new Date(whole).toISOString().replace('Z', `${micros}Z`);
}
