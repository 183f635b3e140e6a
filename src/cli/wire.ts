/** The one place where adapters are built and joined; each is imported when a command first needs it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CatalogOptions, DatasetEntry } from '../lib/data/index.ts';
import type { PluginOptions } from '../lib/plugins/index.ts';
import type { ArtifactStore, Rebuilders, RunStore, StudyStore, TrialLedger } from '../lib/registry/index.ts';
import type { ArtifactSource, Markets, UsedArtifacts } from '../lib/runs/index.ts';
import type { CommonFlags } from './io.ts';

export interface Workspace {
  readonly artifacts: string;
  readonly plugins: PluginOptions;
  markets(): Promise<Markets>;
  /** Runs beside all trials of their family; what is saved is as it was measured. */
  runs(): Promise<RunStore>;
  /** Runs exactly as they were stored. */
  runsAsStored(): Promise<RunStore>;
  studies(): Promise<StudyStore>;
  /** Data sets, models and whatever else was made to be used by name. */
  registry(): Promise<ArtifactStore>;
  /** Artifacts for strategies; references that are pinned stand for these hashes. */
  artifactSource(pinned?: UsedArtifacts): Promise<ArtifactSource>;
  /** How artifacts of each kind are made again. */
  rebuilders(): Promise<Rebuilders>;
  /** Its folder, for upkeep. */
  readonly registryFolder: string;
  /** Counts every trial; `SIGMA_LEDGER` names one that several projects share. */
  ledger(): Promise<TrialLedger>;
  datasets(): Promise<readonly DatasetEntry[]>;
  /** Where data sets are looked for, and where new ones go first. */
  catalog(): Promise<CatalogOptions>;
  /** A store that lives as long as `work`. */
  withScratch<T>(work: (store: RunStore) => Promise<T>): Promise<T>;
  /** Where a report is written when no file is named. */
  reportPath(id: string, format: string): string;
}

export function wire(flags: CommonFlags): Workspace {
  const artifacts = resolve(flags.artifacts ?? 'artifacts');
  const registryFolder = join(artifacts, 'registry');
  /** A folder given on the command line comes before the usual ones. */
  const catalog = async (): Promise<CatalogOptions> => {
    if (flags.datasets === undefined) return {};
    const { datasetFolders } = await import('../lib/data/index.ts');
    return { folders: [resolve(flags.datasets), ...datasetFolders()] };
  };
  const markets = async (): Promise<Markets> =>
    (await import('../lib/runs/catalog-markets.ts')).catalogMarkets(await catalog());
  const registry = async (): Promise<ArtifactStore> =>
    (await import('../lib/registry/index.ts')).fileArtifactStore(registryFolder);
  return {
    artifacts,
    plugins: {},
    markets,
    datasets: async () => (await import('../lib/data/index.ts')).listDatasets(await catalog()),
    catalog,
    runs: async () => {
      const { deflatedRuns, openLedger } = await import('../lib/runs/index.ts');
      return deflatedRuns(await runStore(join(artifacts, 'runs')), openLedger(artifacts));
    },
    runsAsStored: () => runStore(join(artifacts, 'runs')),
    studies: async () => {
      const { fileStudyStore, parquetTables } = await import('../lib/registry/index.ts');
      return fileStudyStore(join(artifacts, 'studies'), parquetTables);
    },
    registry,
    artifactSource: async (pinned) => {
      const { artifactSource } = await import('../lib/runs/index.ts');
      return artifactSource(await registry(), pinned);
    },
    rebuilders: async () => {
      const { researchRebuilders } = await import('../lib/lab/index.ts');
      return researchRebuilders(await markets());
    },
    registryFolder,
    ledger: async () => (await import('../lib/runs/index.ts')).openLedger(artifacts),
    withScratch: async (work) => {
      const folder = await mkdtemp(join(tmpdir(), 'sigma-reproduce-'));
      try {
        return await work(await runStore(folder));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    reportPath: (id, format) => join(artifacts, 'reports', `${id}.${format}`),
  };
}

async function runStore(folder: string): Promise<RunStore> {
  const { fileRunStore, parquetTables } = await import('../lib/registry/index.ts');
  return fileRunStore(folder, parquetTables);
}
