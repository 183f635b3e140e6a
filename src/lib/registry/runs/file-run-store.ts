/** Stored runs as plain files: `<root>/<id>/` with the manifest, the tables, the metrics and the log, which any other tool can read. */
import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, type Json, SigmaError, sha256 } from '../../core/index.ts';
import { exists, writeDirectory } from '../../storage/index.ts';
import { fromNumberJson, type NumberJson, toNumberJson } from '../numbers-json.ts';
import { readable } from '../readable.ts';
import type { TableFiles } from '../table-files.ts';
import { unlessMissing } from '../unless-missing.ts';
import { HINT, writeFailed } from '../write-failed.ts';
import type { RunManifest } from './manifest.ts';
import { runId } from './run-id.ts';
import {
  type RunContent,
  type RunMeta,
  type RunNote,
  type RunStore,
  type RunSummary,
  runTables,
  type StoredRun,
} from './run-store.ts';

type MetricsFile = {
  readonly metrics: Readonly<Record<string, NumberJson>>;
  readonly intervals: Readonly<Record<string, readonly [NumberJson, NumberJson]>>;
};

const PIECE = 65_536;

/** @param root the folder that holds one folder a run; made when the first run is stored */
export function fileRunStore(root: string, tables: TableFiles): RunStore {
  const list: RunStore['list'] = async (onProblem) => {
    const names = (await unlessMissing(readdir(root))) ?? [];
    const folder = (id: string): string => join(root, id);
    return readable(names.filter(isRunId), (id) => readSummary(root, id), { folder, onProblem });
  };

  return {
    save: async (content) => {
      const id = runId(content.decision);
      const target = join(root, id);
      let manifest = '';
      const outcome = await writeDirectory(
        target,
        async (directory) => {
          manifest = await writeRun(directory, content, tables);
        },
        {
          existing: async () => {
            const stored = await readFile(join(target, 'manifest.json'), 'utf8').catch(() => '');
            return stored === manifest ? 'keep' : 'replace';
          },
          hint: HINT,
        },
      );
      return { id, outcome };
    },
    list,
    load: (id) => loadRun(root, id, tables),
    remove: async (id) => {
      await readManifest(root, id);
      await rm(join(root, id), { recursive: true }).catch((cause: unknown) => {
        throw writeFailed(join(root, id), cause);
      });
    },
    annotate: async (id, text) => {
      await readManifest(root, id);
      const note: RunNote = { time: new Date().toISOString(), text };
      await appendFile(join(root, id, 'notes.jsonl'), `${JSON.stringify(note)}\n`).catch((cause: unknown) => {
        throw writeFailed(join(root, id, 'notes.jsonl'), cause);
      });
    },
  };
}

/** Writes all files of a run and returns the text of its manifest. */
async function writeRun(directory: string, content: RunContent, tables: TableFiles): Promise<string> {
  const metrics: MetricsFile = {
    metrics: mapValues(content.metrics, toNumberJson),
    intervals: mapValues(content.intervals, ([low, high]) => [toNumberJson(low), toNumberJson(high)] as const),
  };
  await writeFile(join(directory, 'metrics.json'), `${canonicalJson(metrics)}\n`);
  await writeFile(join(directory, 'log.jsonl'), lines(content.log));
  await writeFile(join(directory, 'outcome.json'), `${canonicalJson(content.outcome)}\n`);
  await writeFile(join(directory, 'strategy.mjs'), content.code);
  for (const name of runTables)
    await tables.write(content.tables[name], join(directory, `${name}.${tables.extension}`));
  const files: Record<string, string> = {};
  for (const name of (await readdir(directory)).sort()) files[name] = sha256(await readFile(join(directory, name)));
  const manifest: RunManifest = { ...content.decision, files };
  const text = `${canonicalJson(manifest)}\n`;
  await writeFile(join(directory, 'manifest.json'), text);
  await writeFile(join(directory, 'meta.json'), `${canonicalJson(content.meta)}\n`);
  return text;
}

async function loadRun(root: string, id: string, tables: TableFiles): Promise<StoredRun> {
  const summary = await readSummary(root, id);
  for (const [name, hash] of Object.entries(summary.manifest.files)) {
    const path = join(root, id, name);
    const bytes = await unlessMissing(readFile(path));
    if (bytes === undefined) throw corrupt(path, 'the file is gone');
    if (sha256(bytes) !== hash) throw corrupt(path, 'the file does not match the hash in the manifest');
  }
  const log = await readFile(join(root, id, 'log.jsonl'), 'utf8');
  return {
    ...summary,
    log: parseLines(log),
    outcome: await readJson<Json>(join(root, id, 'outcome.json')),
    code: await readFile(join(root, id, 'strategy.mjs'), 'utf8'),
    table: (name) => tables.read(join(root, id, `${name}.${tables.extension}`)),
  };
}

async function readSummary(root: string, id: string): Promise<RunSummary> {
  const manifest = await readManifest(root, id);
  if (runId(manifest) !== id) throw corrupt(join(root, id, 'manifest.json'), 'the manifest does not belong to this id');
  const meta: RunMeta = await readJson(join(root, id, 'meta.json'));
  const figures: MetricsFile = await readJson(join(root, id, 'metrics.json'));
  const notes = await readFile(join(root, id, 'notes.jsonl'), 'utf8').catch(() => '');
  return {
    id,
    manifest,
    meta,
    metrics: mapValues(figures.metrics, fromNumberJson),
    intervals: mapValues(figures.intervals, ([low, high]) => [fromNumberJson(low), fromNumberJson(high)] as const),
    notes: parseLines(notes),
  };
}

async function readManifest(root: string, id: string): Promise<RunManifest> {
  const manifest = await unlessMissing(readJson<RunManifest>(join(root, id, 'manifest.json')));
  if (manifest !== undefined) return manifest;
  if (await exists(join(root, id))) throw corrupt(join(root, id, 'manifest.json'), 'the file is gone');
  throw new SigmaError('usage/unknown-run', `there is no stored run '${id}'`, { hint: 'see sigma runs list' });
}

/** Our own files: their content is vouched for by the hashes, so a parse is enough. */
async function readJson<T>(path: string): Promise<T> {
  const text = await readFile(path, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw corrupt(path, 'the file is not JSON');
  }
}

/** One entry a line, handed over in pieces. */
function* lines(log: RunContent['log']): Iterable<string> {
  let piece = '';
  for (const entry of log) {
    piece += `${canonicalJson(entry)}\n`;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

function parseLines<T>(text: string): readonly T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): T => JSON.parse(line));
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function corrupt(path: string, found: string): SigmaError {
  return new SigmaError('store/corrupt', found, {
    where: path,
    hint: 'remove the folder of the run and make it again',
  });
}

function isRunId(name: string): boolean {
  return /^[0-9a-f]{12}$/.test(name);
}
