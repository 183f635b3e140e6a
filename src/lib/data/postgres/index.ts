/** The Postgres functions, which load the driver on first use: most runs never need it. */
import type { Bars } from '../../model/index.ts';
import type { ReadSource } from '../read-bars.ts';
import type { PostgresOptions } from './read-postgres.ts';
import type { WritePostgresOptions } from './write-postgres.ts';

export type { PostgresOptions, WritePostgresOptions };

/**
 * Bars of a table or query. Symbols and range are asked of the server; times without a zone are UTC.
 * @param url `postgres://user:password@host:5432/database?table=bars` or `?query=SELECT…`
 * @throws SigmaError service/unreachable, service/refused, data/not-found, data/missing-column, data/bad-time, data/empty and those of `validateBars`
 */
export async function readPostgres(url: string, options: PostgresOptions = {}): Promise<ReadSource> {
  return (await import('./read-postgres.ts')).readTable(url, options);
}

/**
 * Creates a table of bars in one transaction, all or nothing. @returns rows written
 * @throws SigmaError data/exists when the table exists, service/unreachable, service/refused; nothing is changed then
 */
export async function writePostgres(
  url: string,
  bars: readonly Bars[],
  options: WritePostgresOptions = {},
): Promise<number> {
  return (await import('./write-postgres.ts')).writeTable(url, bars, options);
}
