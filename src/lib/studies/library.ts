/** What a program or a notebook calls: the same search as the command line makes. */
import { join, resolve } from 'node:path';
import { fileStudyStore, parquetTables } from '../registry/index.ts';
import { artifactSource, catalogMarkets, openLedger, openRegistry, openRuns, strategySource } from '../runs/index.ts';
import type { Strategy } from '../strategy/index.ts';
import type { StudyOptions } from './options.ts';
import { runStudy, type Study, type StudyContext } from './run-study.ts';

export type OptimizeOptions = StudyOptions &
  Pick<StudyContext, 'executor' | 'fresh' | 'onProgress' | 'signal'> & {
    /** Folder of artifacts to keep the study and its best run in; not kept when left out. */
    readonly store?: string;
    /** Folder of the ledger: `SIGMA_LEDGER`, or `ledger` in the folder of artifacts (`artifacts`) when left out. */
    readonly ledger?: string;
  };

/**
 * Searches the parameters of a strategy; with a store, keeps the study and takes up an equal one that was interrupted.
 * @example const study = await optimize('momentum', { data: 'us-equities', space: { lookback: '20:200:10' } });
 * @throws SigmaError for bad input of every kind, study/no-result when no set has a score
 */
export async function optimize(strategy: Strategy | string, options: OptimizeOptions = {}): Promise<Study> {
  const { store, ledger, executor, fresh, onProgress, signal, ...rest } = options;
  return runStudy(await strategySource(strategy), rest, {
    markets: catalogMarkets(),
    artifacts: artifactSource(openRegistry(store)),
    ledger: openLedger(store, ledger),
    ...(store === undefined
      ? {}
      : { store: fileStudyStore(join(resolve(store), 'studies'), parquetTables), runs: openRuns(store) }),
    ...(executor === undefined ? {} : { executor }),
    ...(fresh === undefined ? {} : { fresh }),
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(signal === undefined ? {} : { signal }),
  });
}
