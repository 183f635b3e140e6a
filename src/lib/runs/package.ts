/** Where the installed package lies, and its version: shipped strategies and data sets are found from here. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { invariant } from '../core/index.ts';

let root: string | undefined;

/** The folder with the package's `package.json`; sources and built files both lie below it. */
export function packageRoot(): string {
  if (root !== undefined) return root;
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    invariant(parent !== folder, 'the package has no package.json');
    folder = parent;
  }
  root = folder;
  return folder;
}

export function packageVersion(): string {
  const manifest: { readonly version: string } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
  return manifest.version;
}
