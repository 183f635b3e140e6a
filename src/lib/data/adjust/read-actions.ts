/** Splits and dividends from a file: a table of actions, or bars with a column of split factors or dividends. */
import { existsSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { SigmaError } from '../../core/index.ts';
import { type CorporateAction, parseTime } from '../../model/index.ts';
import { plainName } from '../column-roles.ts';
import { identifier, literal, queryRows } from '../duckdb.ts';
import { epochUnitMs } from '../epoch-unit.ts';
import { knownKind } from '../file-kind.ts';
import { orderActions } from './adjust-bars.ts';

const synonyms = {
  symbol: ['symbol', 'ticker', 'instrument', 'asset', 'code', 'security'],
  time: ['time', 'date', 'exdate', 'timestamp', 'datetime', 'day', 'effectivedate'],
  kind: ['kind', 'type', 'action'],
  ratio: ['splitratio', 'splitcoefficient', 'splitfactor', 'split', 'splits', 'stocksplits', 'ratio'],
  amount: ['dividendamount', 'dividend', 'dividends', 'divcash', 'amount'],
} as const;
/** In bars these mean other things: `amount` is often the value traded. */
const ambiguous: readonly string[] = ['ratio', 'amount'];
type Role = keyof typeof synonyms;
type Found = { readonly [role in Role]?: string };

/**
 * The actions of a table, by time. It has `symbol`, `time`, and `kind` (split or dividend) with `ratio` or `amount`; without `kind` each row may hold a
 * split (a ratio other than 0 and 1) and a dividend (an amount other than 0), as bars with `split_coefficient` and `dividend_amount` do.
 * Without `symbol` the name of the file is the instrument.
 * @throws SigmaError data/not-found, data/unreadable, data/missing-column, data/bad-number, data/bad-time naming file and row
 */
export async function readActions(path: string): Promise<CorporateAction[]> {
  const actions = await actionsIn(path, []);
  if (actions !== undefined) return actions;
  throw new SigmaError('data/missing-column', 'has no column of split ratios or dividend amounts', {
    where: path,
    hint: 'give columns symbol, time, kind (split or dividend) and ratio or amount, or bars with split_coefficient and dividend_amount',
  });
}

/** The actions that a file of bars carries; undefined when it has no column for them. */
export function findActions(path: string): Promise<CorporateAction[] | undefined> {
  return actionsIn(path, ambiguous);
}

async function actionsIn(path: string, ignored: readonly string[]): Promise<CorporateAction[] | undefined> {
  if (!existsSync(path)) throw new SigmaError('data/not-found', 'there is no such file', { where: path });
  const relation = relationOf(path);
  const described = await queryRows(`DESCRIBE SELECT * FROM ${relation}`, path);
  const found = rolesOf(
    described.map((row) => String(row['column_name'])).filter((name) => !ignored.includes(plainName(name))),
  );
  if (found.ratio === undefined && found.amount === undefined) return undefined;
  if (found.time === undefined)
    throw new SigmaError('data/missing-column', 'has no column for the ex-date', { where: path, hint: 'name it time' });
  const text = (role: Role): string => (found[role] === undefined ? 'NULL' : `${identifier(found[role])}::VARCHAR`);
  const roles = Object.keys(synonyms) as Role[];
  const numbered = `SELECT row_number() OVER () + 1 AS row, ${roles.map((r) => `${text(r)} AS "${r}"`).join(', ')} FROM ${relation}`;
  // Bars have a row a day, and hardly one in a hundred says anything.
  const says = `kind IS NOT NULL OR coalesce(TRY_CAST(ratio AS DOUBLE), 0) NOT IN (0, 1) OR coalesce(TRY_CAST(amount AS DOUBLE), 0) <> 0 OR (TRY_CAST(ratio AS DOUBLE) IS NULL AND coalesce(ratio, '') <> '') OR (TRY_CAST(amount AS DOUBLE) IS NULL AND coalesce(amount, '') <> '')`;
  const rows = await queryRows(`SELECT * FROM (${numbered}) WHERE ${says} ORDER BY row`, path);
  const symbol = basename(path, extname(path));
  return orderActions(rows.flatMap((row) => actionsOf(row, symbol, `${path}:${row['row']}`)));
}

function relationOf(path: string): string {
  return knownKind(path) === 'parquet'
    ? `read_parquet(${literal(path)})`
    : `read_csv(${literal(path)}, all_varchar = true, header = true)`;
}

function rolesOf(headers: readonly string[]): Found {
  const plain = new Map(headers.map((header) => [plainName(header), header]));
  const found: { [role in Role]?: string } = {};
  for (const [role, names] of Object.entries(synonyms) as [Role, readonly string[]][]) {
    const name = names.find((one) => plain.has(one));
    if (name !== undefined) found[role] = plain.get(name)!;
  }
  return found;
}

function actionsOf(row: Readonly<Record<string, unknown>>, file: string, where: string): CorporateAction[] {
  const cell = (role: Role): string => String(row[role] ?? '').trim();
  const symbol = cell('symbol') || file;
  const time = timeOf(cell('time'), where);
  const split = (): CorporateAction => ({
    kind: 'split',
    symbol,
    time,
    ratio: numberOf(cell('ratio'), 'ratio', where),
  });
  const dividend = (): CorporateAction => ({
    kind: 'dividend',
    symbol,
    time,
    amount: numberOf(cell('amount'), 'amount', where),
  });
  const kind = cell('kind').toLowerCase();
  if (kind === 'split') return [split()];
  if (kind === 'dividend') return [dividend()];
  if (kind !== '')
    throw new SigmaError('data/bad-number', `'${kind}' is no kind of action`, {
      where,
      hint: 'write split or dividend',
    });
  const quiet = (role: Role, ...idle: readonly number[]): boolean =>
    cell(role) === '' || idle.includes(Number(cell(role)));
  return [...(quiet('amount', 0) ? [] : [dividend()]), ...(quiet('ratio', 0, 1) ? [] : [split()])];
}

/** `4`, `4:1` or `4/1`. */
function numberOf(text: string, name: string, where: string): number {
  const [, above, below] = /^([\d.]+)\s*[:/]\s*([\d.]+)$/.exec(text) ?? [];
  const value = above === undefined ? Number(text) : Number(above) / Number(below);
  if (text !== '' && Number.isFinite(value) && value >= 0 && (name === 'amount' || value > 0)) return value;
  throw new SigmaError('data/bad-number', `the ${name} '${text}' is not a positive number`, { where });
}

function timeOf(text: string, where: string): number {
  if (/^\d{8}$/.test(text)) return timeOf(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`, where);
  if (/^\d{9,19}$/.test(text)) return Number(text) * epochUnitMs(Number(text));
  try {
    // DuckDB writes the zone of a timestamp as +00.
    return parseTime(
      text.replace(/([+-]\d{2})$/, (zone) => (/\d:\d/.test(text) ? `${zone}:00` : zone)),
      where,
    );
  } catch (cause) {
    throw new SigmaError('data/bad-time', `'${text}' is not an ISO 8601 date or time`, { where, cause });
  }
}
