/** A small planted market in a catalog and a registry of its own, with patterns often enough that a few minutes of them survive. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LabContext, type PlantedDataset, savePlantedMarket } from '../../src/lib/lab/index.ts';
import { fileArtifactStore, fileTrialLedger } from '../../src/lib/registry/index.ts';
import { catalogMarkets } from '../../src/lib/runs/index.ts';

export type PlantedLab = {
  readonly folder: string;
  readonly planted: PlantedDataset;
  readonly context: LabContext;
  remove(): void;
};

export async function plantedLab(seed = 1): Promise<PlantedLab> {
  const folder = mkdtempSync(join(tmpdir(), 'sigma-lab-'));
  const catalog = { folders: [join(folder, 'datasets')] };
  const planted = await savePlantedMarket(
    'planted',
    { seed, instruments: 12, days: 40, slots: 130, patternRate: 0.25, amplitude: 3 },
    catalog,
  );
  return {
    folder,
    planted,
    context: {
      markets: catalogMarkets(catalog),
      store: fileArtifactStore(join(folder, 'registry')),
      ledger: fileTrialLedger(join(folder, 'ledger')),
      source: 'test',
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
