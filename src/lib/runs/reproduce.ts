/** Makes a stored run again from its manifest and compares what comes out, byte by byte. */
import { flatten, SigmaError } from '../core/index.ts';
import type { Frame } from '../frame/index.ts';
import { type RunStore, type RunTable, runId, runTables, type StoredRun } from '../registry/index.ts';
import { type RunContext, runStrategy } from './backtest.ts';
import type { Run } from './run.ts';
import { optionsOf } from './stored-options.ts';
import { tablesOfStored } from './stored-view.ts';
import { fromLoaded, type StrategySource } from './strategy-source.ts';

export type Difference = {
  /** Table or `manifest`. */
  readonly file: string;
  /** From 0; -1 when it is not about a row. */
  readonly row: number;
  readonly column: string;
  readonly stored: string;
  readonly reproduced: string;
};

export type Reproduction = {
  readonly id: string;
  readonly equal: boolean;
  /** The first difference found. */
  readonly difference?: Difference;
  readonly run: Run;
};

export type ReproduceContext = Omit<RunContext, 'store' | 'ledger'> & {
  /** Where the second run is written, to compare the very files; what it holds may be thrown away afterwards. */
  readonly scratch: RunStore;
};

/** @throws SigmaError usage/partial-run; the reason of `signal` when it is stopped; as making the run does, for example when its data is gone */
export async function reproduceRun(stored: StoredRun, context: ReproduceContext): Promise<Reproduction> {
  const { scratch, ...rest } = context;
  if (stored.manifest.status === 'partial')
    throw new SigmaError('usage/partial-run', 'it was stopped before its end: there is nothing whole to compare', {
      where: `run ${stored.id}`,
      hint: 'make the whole run with the command that was stopped; sigma runs show prints its settings',
    });
  const source = await storedStrategy(stored);
  // Making a run again is no further trial.
  const run = await runStrategy(source, optionsOf(stored), { ...rest, store: scratch, ledger: undefined });
  context.signal?.throwIfAborted();
  const made = await scratch.load(run.id);
  const changed = changedFile(stored, made);
  if (run.id === stored.id && changed === undefined) return { id: stored.id, equal: true, run };
  const difference = (await firstDifference(stored, run)) ?? {
    file: changed ?? 'manifest',
    row: -1,
    column: 'bytes',
    stored: stored.manifest.files[changed ?? ''] ?? '',
    reproduced: made.manifest.files[changed ?? ''] ?? '',
  };
  return { id: stored.id, equal: false, difference, run };
}

function changedFile(stored: StoredRun, made: StoredRun): string | undefined {
  const names = new Set([...Object.keys(stored.manifest.files), ...Object.keys(made.manifest.files)]);
  return [...names].sort().find((name) => stored.manifest.files[name] !== made.manifest.files[name]);
}

/** The strategy as it was when the run was made: its code lies in the run. */
async function storedStrategy(stored: StoredRun): Promise<StrategySource> {
  if (stored.code === '') {
    throw new SigmaError(
      'usage/unknown-strategy',
      'the run was made from a strategy object, whose code is not stored',
      {
        where: `run ${stored.id}`,
        hint: 'put the strategy into a file and run it from there',
      },
    );
  }
  const { loadStrategyCode } = await import('../plugins/index.ts');
  return fromLoaded(await loadStrategyCode(stored.code, `${stored.manifest.strategy.name}.mjs`));
}

async function firstDifference(stored: StoredRun, run: Run): Promise<Difference | undefined> {
  const tables = await tablesOfStored(stored);
  if (runId(run.decision) !== stored.id) return decisionDifference(stored, run);
  for (const name of runTables) {
    const found = tableDifference(name, tables[name], run.tables[name]);
    if (found !== undefined) return found;
  }
  for (const [key, value] of Object.entries(run.metrics)) {
    const before = stored.metrics[key] ?? Number.NaN;
    if (!Object.is(before, value))
      return { file: 'metrics', row: -1, column: key, stored: String(before), reproduced: String(value) };
  }
  return undefined;
}

/** The first row and column in which two tables differ, to the bit. */
export function tableDifference(file: RunTable, stored: Frame, made: Frame): Difference | undefined {
  for (let row = 0; row < Math.min(stored.length, made.length); row++) {
    for (const column of made.names) {
      const a = stored.column(column)[row];
      const b = made.column(column)[row];
      if (!Object.is(a, b)) return { file, row, column, stored: String(a), reproduced: String(b) };
    }
  }
  if (stored.length === made.length) return undefined;
  return {
    file,
    row: Math.min(stored.length, made.length),
    column: 'rows',
    stored: String(stored.length),
    reproduced: String(made.length),
  };
}

/** Which deciding part is another one now: data, versions or configuration. */
function decisionDifference(stored: StoredRun, run: Run): Difference {
  const { files: _files, ...decided } = stored.manifest;
  const before = flatten(decided);
  const after = flatten(run.decision);
  for (const [key, value] of after) {
    if (before.get(key) !== value)
      return { file: 'manifest', row: -1, column: key, stored: before.get(key) ?? '', reproduced: value };
  }
  return { file: 'manifest', row: -1, column: 'id', stored: stored.id, reproduced: run.id };
}
