/** Where the running copy of this package lies, whether it runs from its sources or built. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { invariant } from '../core/index.ts';

const packageName = 'sigma-quant';

let root: string | undefined;

/** The package's folder: the nearest one above this module with its package.json. */
export function packageRoot(): string {
  root ??= findRoot(dirname(fileURLToPath(import.meta.url)));
  return root;
}

/** URL of the library's face in the running copy; a `.ts` URL when the sources run without a build. */
export function libraryUrl(): string {
  const fromSource = import.meta.url.endsWith('.ts');
  return pathToFileURL(join(packageRoot(), ...(fromSource ? ['src', 'lib', 'index.ts'] : ['dist', 'lib', 'index.js'])))
    .href;
}

export function packageVersion(): string {
  const manifest: { readonly version: string } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
  return manifest.version;
}

/** The folder of the strategies that come with the package. */
export function bundledStrategies(): string {
  return join(packageRoot(), 'strategies');
}

function findRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === packageName) return folder;
    invariant(folder !== parse(folder).root, `no package.json of ${packageName} above ${start}`);
  }
}
