/** Where data sets are looked for: the project, SIGMA_DATASETS, then the ones that come with the package. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { invariant } from '../../core/index.ts';

export type CatalogOptions = {
  /** The project's folder; the working directory by default. */
  readonly project?: string;
  /** Folders that hold data sets, in order; the search path described above by default. */
  readonly folders?: readonly string[];
};

/** Existing folders of data sets, nearest first. */
export function datasetFolders(options: CatalogOptions = {}): string[] {
  const folders = options.folders ?? [
    projectFolder(options),
    ...(process.env['SIGMA_DATASETS'] ?? '').split(':').filter((f) => f !== ''),
    join(packageRoot(), 'datasets'),
  ];
  return [...new Set(folders.map((f) => resolve(f)))].filter((f) => existsSync(f));
}

/** Where new data sets go. */
export function projectFolder(options: CatalogOptions = {}): string {
  return options.folders?.[0] ?? join(options.project ?? process.cwd(), 'datasets');
}

/** The folder of this package, whether it runs from source or built. */
export function packageRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) {
      const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
      if (typeof content === 'object' && content !== null && Reflect.get(content, 'name') === 'sigma-quant')
        return folder;
    }
    invariant(dirname(folder) !== folder, 'the package knows its own root');
  }
}
