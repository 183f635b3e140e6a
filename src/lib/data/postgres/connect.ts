/** Connections to Postgres whose failures read well and never show a password. */
import pg from 'pg';
import { SigmaError } from '../../core/index.ts';

/** What a `postgres://` URL names. `table` and `query` are ours, the other parameters go to the driver. */
export type PostgresSource = {
  /** The URL the driver gets. */
  readonly connection: string;
  /** `postgres://host:port/database`, for messages and provenance. */
  readonly location: string;
  /** Table, with its schema if it has one. */
  readonly table: string | undefined;
  readonly query: string | undefined;
};

/** @throws SigmaError usage/bad-option when the URL cannot be read */
export function parsePostgresUrl(text: string): PostgresSource {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new SigmaError('usage/bad-option', 'is not a URL', {
      where: 'postgres',
      hint: 'write postgres://user:password@host:5432/database?table=bars',
    });
  }
  const table = url.searchParams.get('table') ?? undefined;
  const query = url.searchParams.get('query') ?? undefined;
  url.searchParams.delete('table');
  url.searchParams.delete('query');
  const location = `postgres://${url.host || 'localhost'}${url.pathname}`;
  return { connection: url.toString(), location, table, query };
}

/**
 * Runs `work` on one connection and closes it.
 * @throws SigmaError service/unreachable when there is no connection, service/refused when the server answers with an error
 */
export async function withPostgres<T>(source: PostgresSource, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: source.connection, connectionTimeoutMillis: 10_000 });
  // A connection that breaks between two queries is reported by the next one.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    throw connectFailure(source, cause);
  }
  try {
    return await work(client);
  } catch (cause) {
    throw queryFailure(source, cause);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function connectFailure(source: PostgresSource, cause: unknown): SigmaError {
  const code = codeOf(cause);
  const answered = /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E');
  // No cause is attached: the driver's error can hold the connection's parameters.
  if (answered)
    return new SigmaError('service/refused', `the database refused the connection (${messageOf(cause)})`, {
      where: source.location,
      hint: 'check user, password and database name',
    });
  return new SigmaError('service/unreachable', `no connection (${messageOf(cause)})`, {
    where: source.location,
    hint: 'check that the server runs and that host and port are right',
  });
}

function queryFailure(source: PostgresSource, cause: unknown): unknown {
  if (cause instanceof SigmaError) return cause;
  const code = codeOf(cause);
  const where = source.table === undefined ? source.location : `${source.location} ${source.table}`;
  if (code === '42P01')
    return new SigmaError('data/not-found', messageOf(cause), { where, hint: 'name an existing table' });
  if (code === '42703') return new SigmaError('data/missing-column', messageOf(cause), { where });
  if (/^[0-9A-Z]{5}$/.test(code)) return new SigmaError('service/refused', messageOf(cause), { where });
  if (code !== '' || (cause instanceof Error && /connection|terminated/i.test(cause.message)))
    return new SigmaError('service/unreachable', `the connection broke (${messageOf(cause)})`, { where });
  return cause;
}

function codeOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return codeOf(cause.errors[0]);
  const code: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : undefined;
  return typeof code === 'string' ? code : '';
}

function messageOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return messageOf(cause.errors[0]);
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.split('\n')[0] ?? '';
}

/** `schema.table` or `table` as quoted identifiers. */
export function quoteTable(table: string): string {
  return table
    .split('.')
    .map((part) => pg.escapeIdentifier(part))
    .join('.');
}

export function quoteName(name: string): string {
  return pg.escapeIdentifier(name);
}
