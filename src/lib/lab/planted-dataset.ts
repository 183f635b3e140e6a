/** A planted market as a data set of the catalog, so that the research can be tried where the truth is known. */
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SigmaError } from '../core/index.ts';
import { type CatalogOptions, type Dataset, saveDataset, writeTable } from '../data/index.ts';
import { type FeatureSpec, parseFeatureSpec } from '../features/index.ts';
import { DAY, MINUTE } from '../model/index.ts';
import {
  type LabelledEvent,
  type PlantedOptions,
  plantedBars,
  plantedExpressions,
  plantedMarket,
} from '../research/index.ts';
import { atomicWrite } from '../storage/index.ts';
import { featureSpecText } from './feature-file.ts';

export type PlantedDataset = {
  readonly dataset: Dataset;
  /** Reads the planted channels back from the bars. */
  readonly features: FeatureSpec;
  /** The market's events, dated. */
  readonly events: readonly LabelledEvent[];
};

export type PlantedTarget = CatalogOptions & {
  /** Takes the place of a data set, and of files, of that name. */
  readonly replace?: boolean;
  /** Where `NAME.features.json` and `NAME.events.csv` are written; they are not when left out. */
  readonly folder?: string;
};

/** All of it or nothing. @throws SigmaError features/invalid for a name that cannot be, data/exists, store/write-failed */
export async function savePlantedMarket(
  name: string,
  options: PlantedOptions & { readonly seed: number },
  target: PlantedTarget,
): Promise<PlantedDataset> {
  const { features, events, bars } = planted(name, options);
  const { folder, replace = false, ...catalog } = target;
  const title = `Synthetic market with planted precursors, seed ${options.seed}`;
  const store = (): Promise<Dataset> =>
    saveDataset({ name, title, licence: 'CC0-1.0', synthetic: true, sessions: 'nyse' }, bars, { ...catalog, replace });
  if (folder === undefined) return { dataset: await store(), features, events };
  const files = plantedFiles(folder, name);
  for (const path of Object.values(files)) await requireFree(path, replace);
  // Each takes its name once what follows is there: the files last.
  const dataset = await writtenAfter(
    files.features,
    (path) => writeFile(path, featureSpecText(features)),
    () => writtenAfter(files.events, (path) => writeEvents(path, events), store),
  );
  return { dataset, features, events };
}

/** Where the files of a planted market are. */
export function plantedFiles(folder: string, name: string): { readonly features: string; readonly events: string } {
  return { features: join(folder, `${name}.features.json`), events: join(folder, `${name}.events.csv`) };
}

async function writtenAfter<T>(
  path: string,
  fill: (temporary: string) => Promise<void>,
  after: () => Promise<T>,
): Promise<T> {
  const done: T[] = [];
  await atomicWrite(path, async (temporary) => {
    await fill(temporary);
    done.push(await after());
  });
  return done[0]!;
}

/** @throws SigmaError data/exists for what stands in the way of a file */
async function requireFree(path: string, replace: boolean): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined && !(replace && found.isFile()))
    throw new SigmaError('data/exists', 'something of that name is there already; nothing was written', {
      where: path,
      hint: 'choose another name or ask to replace it',
    });
}

function writeEvents(path: string, events: readonly LabelledEvent[]): Promise<void> {
  const columns = {
    symbol: events.map(({ symbol }) => symbol),
    time: Float64Array.from(events, ({ time }) => time),
  };
  return writeTable(path, columns, 'csv', { times: ['time'] });
}

function planted(name: string, options: PlantedOptions & { readonly seed: number }) {
  const market = plantedMarket(options);
  const { panel, events } = market;
  const [first] = panel.series;
  const openSlot = Math.round(((first!.at[0]! - MINUTE) % DAY) / MINUTE);
  const features = parseFeatureSpec({
    schema: 'sigma.features/1',
    name,
    timeframe: '1m',
    // The first return of a session reaches over night.
    session: { calendar: '24/7', slots: openSlot + panel.slots, skip: openSlot + 1 },
    channels: Object.entries(plantedExpressions).map(([channel, expression]) => ({ name: channel, expression })),
  });
  const dated = Array.from(
    events.at,
    (time, i): LabelledEvent => ({
      symbol: panel.series[events.series[i]!]!.symbol,
      time,
      where: `event ${i + 1}`,
    }),
  );
  return { features, events: dated, bars: plantedBars(market) };
}
