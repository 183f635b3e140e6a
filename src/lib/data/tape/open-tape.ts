/** The tape of a stored data set: cached beside it, keyed by its content, built when it is missing, stale or torn. */
import { accessSync, closeSync, constants, existsSync, openSync, statSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { sha256 } from '../../core/index.ts';
import type { BlockSource } from '../../model/index.ts';
import type { DatasetMeta } from '../catalog/dataset-meta.ts';
import { chooseSymbols, emptyRange } from '../finish-bars.ts';
import type { Query } from '../read-options.ts';
import { buildTape } from './build-tape.ts';
import { tapeBlocks } from './read-tape.ts';
import { chosenRows, type Selection, selectBlocks } from './select-blocks.ts';
import { readIndex, TAPE_VERSION, type Tape } from './tape-format.ts';

/** A stored data set: its description, its folder and its Parquet file. */
export type TapeOrigin = { readonly meta: DatasetMeta; readonly folder: string; readonly file: string };

/**
 * The bars in time order in bounded memory.
 * @throws SigmaError store/write-failed, data/unreadable, usage/unknown-instrument, usage/empty-range
 */
export async function openTape(origin: TapeOrigin, query: Query = {}): Promise<BlockSource> {
  const { meta } = origin;
  const known = meta.instruments.map((i) => i.symbol);
  const symbols = chooseSymbols(known, query.symbols, meta.name);
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = query;
  if (!(from < to)) throw emptyRange(meta.name, query);
  const { path, tape } = await cachedTape(origin);
  const { blocks } = tape.index;
  // Instants of a block overlap with the next only in months; both ends are found by open times.
  const first = blocks.findIndex((b) => b.last >= from);
  const end = blocks.findLastIndex((b) => b.first < to) + 1;
  const selection: Selection = { instruments: symbols.map((s) => known.indexOf(s)), from, to };
  const whole =
    symbols.length === known.length && symbols.every((s, i) => s === known[i]) && first === 0 && end === blocks.length;
  const { timeframe } = meta;
  const range = (): ReturnType<typeof tapeBlocks> =>
    tapeBlocks(path, tape, timeframe, Math.max(0, first), first < 0 ? 0 : end);
  const uncut = whole && blocks.every((b) => b.first >= from && b.last < to);
  const rows = uncut ? tape.index.rows : countRows(range(), selection);
  if (rows === 0) throw emptyRange(meta.name, query);
  const capacity = blocks.reduce((most, b) => Math.max(most, b.rows), 0);
  return {
    instruments: selection.instruments.map((i) => meta.instruments[i]!),
    timeframe,
    closeOnly: meta.closeOnly,
    rows,
    blocks: () => (uncut ? range() : selectBlocks(range(), selection, timeframe, capacity)),
  };
}

function countRows(blocks: ReturnType<typeof tapeBlocks>, selection: Selection): number {
  let rows = 0;
  for (const block of blocks) rows += chosenRows(block, selection);
  return rows;
}

/** The tape file, which is built first unless a whole one of the same content is there. */
async function cachedTape(origin: TapeOrigin): Promise<{ path: string; tape: Tape }> {
  const { meta, file } = origin;
  const { size, mtimeMs } = statSync(file);
  const key = sha256(`${TAPE_VERSION} ${meta.contentHash} ${meta.timeframe} ${size} ${mtimeMs}`);
  const path = join(cacheFolder(origin), `tape-${key.slice(0, 16)}.bin`);
  const found = load(path, key);
  if (found !== undefined) return { path, tape: found };
  const symbols = meta.instruments.map((i) => i.symbol);
  await buildTape(path, { file, symbols, timeframe: meta.timeframe, closeOnly: meta.closeOnly, key });
  await removeOthers(path);
  const tape = load(path, key);
  if (tape === undefined) throw new Error('invariant broken: a tape that was just built is whole');
  return { path, tape };
}

function load(path: string, key: string): Tape | undefined {
  if (!existsSync(path)) return undefined;
  const fd = openSync(path, 'r');
  try {
    return readIndex(fd, key);
  } finally {
    closeSync(fd);
  }
}

/** Beside the data set, or in the user's cache when that cannot be written. */
function cacheFolder({ folder }: TapeOrigin): string {
  try {
    accessSync(folder, constants.W_OK);
    return join(folder, '.cache');
  } catch {
    const caches = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
    return join(caches, 'sigma-quant', sha256(folder).slice(0, 16));
  }
}

/** Tapes of earlier contents. */
async function removeOthers(path: string): Promise<void> {
  for (const name of await readdir(dirname(path))) {
    const other = join(dirname(path), name);
    if (other !== path && /^tape-[0-9a-f]+\.bin$/.test(name)) await rm(other, { force: true });
  }
}
