/** Data sets by name or path. */
import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { didYouMean, SigmaError } from '../../core/index.ts';
import { cutRange } from '../finish-bars.ts';
import { readSource } from '../read-bars.ts';
import type { ReadOptions } from '../read-options.ts';
import { type Dataset, datasetOfBars, openFolder } from './dataset.ts';
import { type DatasetMeta, readMeta } from './dataset-meta.ts';
import { describeBars } from './describe-bars.ts';
import { type CatalogOptions, datasetFolders } from './search-path.ts';

export type DatasetEntry =
  | { readonly name: string; readonly folder: string; readonly meta: DatasetMeta }
  /** Its description cannot be read. */
  | { readonly name: string; readonly folder: string; readonly problem: SigmaError };

/** All stored data sets in the order of their names; of several with one name the nearest. */
export async function listDatasets(options: CatalogOptions = {}): Promise<DatasetEntry[]> {
  const found = new Map<string, DatasetEntry>();
  for (const parent of datasetFolders(options)) {
    for (const name of (await readdir(parent)).sort()) {
      const folder = join(parent, name);
      if (name.startsWith('.') || found.has(name) || !existsSync(join(folder, 'dataset.json'))) continue;
      found.set(name, await entry(name, folder));
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function entry(name: string, folder: string): Promise<DatasetEntry> {
  try {
    return { name, folder, meta: await readMeta(join(folder, 'dataset.json')) };
  } catch (error) {
    if (error instanceof SigmaError) return { name, folder, problem: error };
    throw error;
  }
}

/**
 * A stored data set by name or folder, or an anonymous one from a .csv or .parquet file, a directory of such files or a `postgres://` URL.
 * `read` options apply to anonymous sources only.
 * @throws SigmaError usage/unknown-dataset with near names, and those of the readers
 */
export async function openDataset(
  nameOrPath: string,
  options: CatalogOptions & { readonly read?: ReadOptions } = {},
): Promise<Dataset> {
  if (/^postgres(ql)?:\/\//.test(nameOrPath)) return anonymous(nameOrPath, options.read);
  for (const parent of datasetFolders(options)) {
    const folder = join(parent, nameOrPath);
    if (!/[/\\]/.test(nameOrPath) && existsSync(join(folder, 'dataset.json'))) return openFolder(folder);
  }
  if (existsSync(join(nameOrPath, 'dataset.json'))) return openFolder(nameOrPath);
  if (existsSync(nameOrPath)) return anonymous(nameOrPath, options.read);
  const names = (await listDatasets(options)).map((e) => e.name);
  const near = didYouMean(nameOrPath, names);
  throw new SigmaError('usage/unknown-dataset', `no data set or file '${nameOrPath}'`, {
    hint: near !== '' ? near : names.length > 0 ? `there are ${names.join(', ')}` : 'import one with sigma data import',
  });
}

async function anonymous(path: string, options: ReadOptions = {}): Promise<Dataset> {
  const { location, bars } = await readSource(path, options);
  const extension = existsSync(path) && statSync(path).isFile() ? extname(path) : '';
  const name =
    basename(location, extension)
      .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^[^A-Za-z0-9]+/, '') || 'data';
  const meta = describeBars({ name, source: { location } }, bars);
  return datasetOfBars(meta, location, bars, (chosen, query) => cutRange(chosen, location, query));
}
