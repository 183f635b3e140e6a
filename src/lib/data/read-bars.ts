/** Bars from wherever they are: a file, a directory of files, a database. */
import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { SigmaError } from '../core/index.ts';
import type { Bars } from '../model/index.ts';
import { readCsv } from './csv/read-csv.ts';
import { fileKind, knownKind } from './file-kind.ts';
import { cutRange } from './finish-bars.ts';
import { readParquet } from './parquet/read-parquet.ts';
import { readPostgres } from './postgres/index.ts';
import type { ReadOptions } from './read-options.ts';

export type ReadSource = {
  /** What was read, without a password. */
  readonly location: string;
  readonly bars: readonly Bars[];
};

/**
 * Bars of a `.csv` or `.parquet` file, of a directory with one file an instrument (the symbol is the file name), or of a table: `postgres://…?table=bars`.
 * @throws SigmaError data/not-found, data/unreadable and those of the reader
 */
export async function readBars(source: string, options: ReadOptions = {}): Promise<Bars[]> {
  return [...(await readSource(source, options)).bars];
}

export async function readSource(source: string, options: ReadOptions): Promise<ReadSource> {
  if (/^postgres(ql)?:\/\//.test(source)) return readPostgres(source, options);
  if (!existsSync(source))
    throw new SigmaError('data/not-found', 'there is no such file or directory', { where: source });
  if (statSync(source).isDirectory()) return { location: source, bars: await readDirectory(source, options) };
  return { location: source, bars: await readFile(source, options) };
}

async function readFile(path: string, options: ReadOptions): Promise<Bars[]> {
  return knownKind(path) === 'parquet' ? readParquet(path, options) : (await readCsv(path, options)).bars;
}

/** One file an instrument. Timeframes must agree. */
async function readDirectory(directory: string, options: ReadOptions): Promise<Bars[]> {
  const files = (await readdir(directory)).filter((file) => fileKind(file) !== undefined).sort();
  if (files.length === 0) throw new SigmaError('data/empty', 'holds no .csv or .parquet file', { where: directory });
  const { symbols, symbol: _, from, to, ...rest } = options;
  const symbolOf = (file: string): string => file.slice(0, -extname(file).length);
  const wanted = symbols === undefined ? files : files.filter((f) => symbols.includes(symbolOf(f)));
  if (wanted.length === 0 || (symbols !== undefined && wanted.length < symbols.length)) {
    const absent = symbols?.find((s) => !files.some((f) => symbolOf(f) === s)) ?? '';
    throw new SigmaError('usage/unknown-instrument', `no file for instrument '${absent}'`, { where: directory });
  }
  const bars: Bars[] = [];
  for (const file of wanted) bars.push(...(await readFile(join(directory, file), rest)));
  const odd = bars.find((b) => b.timeframe !== bars[0]!.timeframe);
  if (odd !== undefined)
    throw new SigmaError(
      'data/bad-time',
      `${odd.instrument.symbol} has ${odd.timeframe} bars, ${bars[0]!.instrument.symbol} ${bars[0]!.timeframe}`,
      {
        where: directory,
        hint: 'keep one timeframe a directory, or name it with --timeframe',
      },
    );
  return cutRange(bars, directory, { ...(from !== undefined && { from }), ...(to !== undefined && { to }) });
}
