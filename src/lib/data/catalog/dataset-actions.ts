/** The splits and dividends that belong to a data set: stored beside its bars, or columns of the file that holds them. */
import { existsSync, statSync } from 'node:fs';
import { open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SigmaError } from '../../core/index.ts';
import { type CorporateAction, formatTime, parseTime } from '../../model/index.ts';
import { orderActions } from '../adjust/adjust-bars.ts';
import { findActions } from '../adjust/read-actions.ts';
import type { CsvOptions } from '../csv/csv-format.ts';
import { detectCsvFormat } from '../csv/read-csv.ts';
import { fileKind } from '../file-kind.ts';
import { describeParquet } from '../parquet/describe.ts';

const FILE = 'actions.json';

const storedSchema = z.array(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('split'), symbol: z.string(), time: z.string(), ratio: z.number().positive() }),
    z.strictObject({ kind: z.literal('dividend'), symbol: z.string(), time: z.string(), amount: z.number().min(0) }),
  ]),
);

export type DatasetActions = {
  readonly actions: readonly CorporateAction[];
  /** Stored with bars as traded, to be met by positions; otherwise only found in the file, which does not say whether its prices are adjusted. */
  readonly stored: boolean;
  /** A column of adjusted closes in a file of bars that hold the closes beside it. */
  readonly adjusted?: string;
};

/**
 * @param location of the data set
 * @param options how its bars are read
 * @throws SigmaError store/corrupt, and those of `readActions`
 */
export async function datasetActions(location: string, options: CsvOptions = {}): Promise<DatasetActions> {
  const stored = join(location, FILE);
  if (existsSync(stored)) return { actions: await readStored(stored), stored: true };
  const adjusted = await adjustedColumn(location, options);
  return { actions: await carried(location), stored: false, ...(adjusted === undefined ? {} : { adjusted }) };
}

/** Writes them into the folder of a data set. */
export async function storeActions(folder: string, actions: readonly CorporateAction[]): Promise<void> {
  const rows = orderActions(actions).map((action) => ({ ...action, time: formatTime(action.time) }));
  await writeFile(join(folder, FILE), `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`);
}

async function readStored(path: string): Promise<readonly CorporateAction[]> {
  const corrupt = (found: string): SigmaError =>
    new SigmaError('store/corrupt', found, { where: path, hint: 'import the data again' });
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch {
    throw corrupt('is not JSON');
  }
  const parsed = storedSchema.safeParse(json);
  if (!parsed.success) throw corrupt(`${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`);
  return orderActions(parsed.data.map((action) => ({ ...action, time: parseTime(action.time, path) })));
}

async function carried(location: string): Promise<readonly CorporateAction[]> {
  const lists: (readonly CorporateAction[])[] = [];
  for (const file of await filesOf(location)) lists.push(await inFile(file));
  return orderActions(lists.flat());
}

/** The files that hold the bars: the location itself, or those of a folder that is no stored data set. */
async function filesOf(location: string): Promise<readonly string[]> {
  if (!existsSync(location) || existsSync(join(location, 'dataset.json'))) return [];
  const files = statSync(location).isDirectory()
    ? (await readdir(location)).sort().map((file) => join(location, file))
    : [location];
  return files.filter((file) => fileKind(file) !== undefined);
}

async function inFile(path: string): Promise<readonly CorporateAction[]> {
  // Most files of text have no such column, and one line tells.
  if (fileKind(path) === 'text' && !/split|div/i.test(await firstLine(path))) return [];
  return (await findActions(path)) ?? [];
}

/** The column of adjusted closes in a file whose bars hold the closes beside it; files of one folder are alike. */
async function adjustedColumn(location: string, options: CsvOptions): Promise<string | undefined> {
  const [file] = await filesOf(location);
  if (file === undefined) return undefined;
  const { layout } = await (fileKind(file) === 'text' ? detectCsvFormat : describeParquet)(file, options);
  return layout.kind === 'long' ? layout.adjusted : undefined;
}

async function firstLine(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16_384), 0, 16_384, 0);
    return buffer.toString('utf8', 0, bytesRead).split('\n')[0] ?? '';
  } finally {
    await file.close();
  }
}
