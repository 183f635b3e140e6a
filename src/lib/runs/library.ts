/** What a program or a notebook calls: the same runs as the command line makes, without being told where anything lies. */
import { join, resolve } from 'node:path';
import { columnsToArrow } from '../data/index.ts';
import {
  type ArtifactStore,
  fileArtifactStore,
  fileRunStore,
  fileTrialLedger,
  parquetTables,
  type RunStore,
  type RunTable,
  resolveRun,
  type StoredRun,
  type TrialLedger,
} from '../registry/index.ts';
import type { Strategy } from '../strategy/index.ts';
import { artifactSource } from './artifacts.ts';
import { runStrategy } from './backtest.ts';
import { catalogMarkets } from './catalog-markets.ts';
import { deflatedRuns } from './deflated.ts';
import type { DriveOptions } from './drive.ts';
import type { RunOptions } from './options.ts';
import type { Run } from './run.ts';
import { strategySource } from './strategy-source.ts';

export type LibraryOptions = RunOptions &
  DriveOptions & {
    /** Folder of artifacts to keep the run in; not kept when left out. */
    readonly store?: string;
    /** Folder of the ledger that counts the run as a trial: `SIGMA_LEDGER`, or `ledger` beside the stored runs (`artifacts`) when left out. */
    readonly ledger?: string;
  };

export type LibraryRun = Run & {
  /** One of its tables as an Arrow table; times are epoch milliseconds. */
  toArrow(table: RunTable): ReturnType<typeof columnsToArrow>;
};

/**
 * Runs a strategy over historical data.
 * @example const run = await backtest('momentum', { data: 'us-equities', from: '2021-01-01', params: { lookback: 60 } });
 * @throws SigmaError for bad input of every kind
 */
export async function backtest(strategy: Strategy | string, options: LibraryOptions = {}): Promise<LibraryRun> {
  const { store, ledger, onProgress, signal, ...rest } = options;
  const run = await runStrategy(await strategySource(strategy), rest, {
    markets: catalogMarkets(),
    artifacts: artifactSource(openRegistry(store)),
    ledger: openLedger(store, ledger),
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(signal === undefined ? {} : { signal }),
    ...(store === undefined ? {} : { store: openRuns(store) }),
  });
  return { ...run, toArrow: (table) => columnsToArrow(run.tables[table].columns) };
}

/** The runs in a folder of artifacts, deflated by all trials of their families. */
export function openRuns(artifacts = 'artifacts'): RunStore {
  return deflatedRuns(fileRunStore(join(resolve(artifacts), 'runs'), parquetTables), openLedger(artifacts));
}

/** The registry in a folder of artifacts. */
export function openRegistry(artifacts = 'artifacts'): ArtifactStore {
  return fileArtifactStore(join(resolve(artifacts), 'registry'));
}

/** The ledger of a folder of artifacts; `SIGMA_LEDGER` names one that several projects share. */
export function openLedger(artifacts = 'artifacts', folder = process.env['SIGMA_LEDGER']): TrialLedger {
  return fileTrialLedger(resolve(folder ?? join(artifacts, 'ledger')));
}

/** A stored run by id, the start of one, or `latest`. @throws SigmaError usage/unknown-run, store/corrupt */
export async function loadRun(reference: string, artifacts?: string): Promise<StoredRun> {
  const store = openRuns(artifacts);
  const runs = await store.list();
  return store.load(
    resolveRun(
      reference,
      runs.map((run) => run.id),
    ),
  );
}
