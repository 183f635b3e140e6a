/** A session's journal as a file: one line on what was decided before it began, then every event in and every command out, in order. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { SigmaError, sha256 } from '../core/index.ts';
import {
  type BacktestOptions,
  createEngine,
  type EngineResult,
  type ExchangeOptions,
  fromJournalLine,
  type JournalEntry,
  journalLine,
  type RunConfig,
  replayJournal,
  runSession,
  simulatedExchange,
  venueFor,
} from '../engine/index.ts';
import type { Instrument, Timeframe } from '../model/index.ts';
import { writeFailed as failedWrite } from '../storage/index.ts';
import type { ArtifactSet, ParamSpecs, ParamValues } from '../strategy/index.ts';
import { fromLoaded, type StrategySource } from './strategy-source.ts';
import { tablesOf } from './tables.ts';

const SCHEMA = 'sigma.journal/1';

type Header = {
  readonly schema: typeof SCHEMA;
  readonly strategy: { readonly name: string; readonly code: string; readonly codeHash: string };
  readonly params: ParamValues<ParamSpecs>;
  /** What the strategy read when the session began, whole. */
  readonly artifacts?: ArtifactSet;
  /** `start` is null when trading began with the first bar. */
  readonly config: Omit<RunConfig, 'start'> & { readonly start: number | null };
  readonly instruments: readonly Instrument[];
  readonly timeframe: Timeframe;
};
type Footer = { readonly end: { readonly ambiguousBars: number; readonly resultHash: string } };

/** Aborting the signal ends the run after the instant in hand, and the journal says so. */
export type JournalledOptions = BacktestOptions & Pick<ExchangeOptions, 'signal'>;

/**
 * Runs through the asynchronous driver and writes the journal. The result is that of the synchronous driver, to the byte.
 * What a strategy that throws has done until then stays in the journal.
 * @throws SigmaError data/exists; store/write-failed, and no part of the file is left then
 */
export async function runJournalled(
  options: JournalledOptions,
  source: StrategySource,
  path: string,
): Promise<EngineResult> {
  const file = createWriteStream(path, { flags: 'wx' });
  let made = false;
  file.once('open', () => {
    made = true;
  });
  const failed = new Promise<never>((_, reject) => file.once('error', (cause) => reject(writeFailed(path, cause))));
  failed.catch(() => undefined);
  const write = async (line: unknown): Promise<void> => {
    if (!file.write(`${journalLine(line)}\n`)) await Promise.race([once(file, 'drain'), failed]);
  };
  try {
    const result = await journalled(options, source, write);
    file.end();
    await Promise.race([once(file, 'close'), failed]);
    return result;
  } catch (cause) {
    file.end();
    if (made && file.errored !== null) await rm(path, { force: true }).catch(() => undefined);
    throw cause;
  }
}

async function journalled(
  options: JournalledOptions,
  source: StrategySource,
  write: (line: unknown) => Promise<void>,
): Promise<EngineResult> {
  const { strategy, params, artifacts, config } = options;
  const { instruments, timeframe } = options.source;
  const header: Header = {
    schema: SCHEMA,
    strategy: { name: strategy.name, code: source.code, codeHash: source.codeHash },
    params,
    ...(artifacts === undefined || strategy.artifacts === undefined ? {} : { artifacts }),
    config: { ...config, start: Number.isFinite(config.start) ? config.start : null },
    instruments,
    timeframe,
  };
  await write(header);
  const venue = venueFor(options.source, config, options.detail);
  const { events, port } = simulatedExchange({ ...options, venue });
  const engine = createEngine({
    strategy,
    params,
    ...(artifacts === undefined ? {} : { artifacts }),
    instruments,
    config,
  });
  const result = await runSession({
    engine,
    timeframe,
    instruments: instruments.length,
    events,
    venue: port,
    journal: { append: write },
    ambiguousBars: () => venue.ambiguousBars,
  });
  const footer: Footer = { end: { ambiguousBars: venue.ambiguousBars, resultHash: resultHash(result) } };
  await write(footer);
  return result;
}

export type Replay = {
  readonly strategy: string;
  readonly params: ParamValues<ParamSpecs>;
  readonly entries: number;
  readonly result: EngineResult;
  /** Orders, fills, trades and equity are those of the session; undefined when the journal has no end. */
  readonly equal: boolean | undefined;
};

/**
 * Replays a journal into a fresh engine.
 * @throws SigmaError data/not-found, data/unreadable naming the line, store/differs naming the first decision that is another one
 */
export async function replayFile(path: string): Promise<Replay> {
  const { header, entries, footer } = await readJournal(path);
  const { loadStrategyCode } = await import('../plugins/index.ts');
  const { strategy } = fromLoaded(await loadStrategyCode(header.strategy.code, `${header.strategy.name}.mjs`));
  const { params, artifacts = {}, instruments, timeframe } = header;
  const config: RunConfig = { ...header.config, start: header.config.start ?? Number.NEGATIVE_INFINITY };
  const engine = createEngine({ strategy, params, artifacts, instruments, config });
  const result = replayJournal({
    engine,
    timeframe,
    instruments: instruments.length,
    entries,
    ...(footer === undefined ? {} : { ambiguousBars: footer.end.ambiguousBars }),
  });
  const equal = footer === undefined ? undefined : footer.end.resultHash === resultHash(result);
  return { strategy: strategy.name, params, entries: entries.length, result, equal };
}

async function readJournal(path: string) {
  let header: Header | undefined;
  let footer: Footer | undefined;
  const entries: JournalEntry[] = [];
  let row = 0;
  const file = await open(path).catch((cause: unknown) => {
    throw new SigmaError('data/not-found', 'the journal cannot be opened', { where: path, cause });
  });
  for await (const line of createInterface({ input: file.createReadStream(), crlfDelay: Number.POSITIVE_INFINITY })) {
    row++;
    const parsed = parseLine(line, `${path}:${row}`);
    if (header === undefined) header = headerOf(parsed, path);
    else if ('end' in parsed) footer = parsed as Footer;
    else entries.push(parsed as JournalEntry);
  }
  if (header === undefined) throw new SigmaError('data/empty', 'the journal is empty', { where: path });
  return { header, entries, footer };
}

function parseLine(line: string, where: string): object {
  try {
    const parsed = fromJournalLine(line);
    if (typeof parsed === 'object' && parsed !== null) return parsed;
  } catch {
    // falls through to the error below
  }
  throw new SigmaError('data/unreadable', 'the line is not a journal entry', {
    where,
    hint: 'the journal is truncated or of another format',
  });
}

function headerOf(line: object, path: string): Header {
  if ('schema' in line && line.schema === SCHEMA) return line as Header;
  throw new SigmaError('data/unreadable', `the file does not begin as a journal (${SCHEMA})`, {
    where: `${path}:1`,
    hint: 'write one with sigma backtest --journal FILE',
  });
}

function resultHash(result: EngineResult): string {
  const tables = tablesOf(result);
  return sha256(
    ...Object.values(tables).flatMap((table) => table.names.map((name) => columnBytes(table.column(name)))),
  );
}

function columnBytes(column: unknown): string | NodeJS.ArrayBufferView {
  return ArrayBuffer.isView(column) ? (column as NodeJS.ArrayBufferView) : JSON.stringify(column);
}

function writeFailed(path: string, cause: Error): SigmaError {
  const hint = 'name another file with --journal';
  if ('code' in cause && cause.code === 'EEXIST')
    return new SigmaError('data/exists', 'the file is there already', { where: path, hint, cause });
  return failedWrite(path, cause, `free space or ${hint}; no part of it is kept`);
}
