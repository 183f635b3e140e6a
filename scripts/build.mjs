/** Builds `dist/`: the command line and the library by esbuild as shared chunks, then the type declarations by tsc. `--no-types` leaves out the declarations. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundledPackages, licencesOfBundled } from './bundled-packages.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const entries = {
  'cli/main': 'src/cli/main.ts',
  'lib/index': 'src/lib/index.ts',
  'workers/thread': 'src/lib/workers/thread-main.ts',
  'workers/experiment': 'src/lib/lab/experiment-main.ts',
};

const began = new Date();
const result = await build({
  absWorkingDir: root,
  entryPoints: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(join(root, file)))),
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  chunkNames: 'chunks/[name]-[hash]',
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  write: false,
  plugins: [ownSources(), bundledPackages()],
  logLevel: 'error',
}).catch(() => process.exit(1));

// Chunks carry their content's hash, so they go first and entries are swapped last: a process that starts meanwhile sees one build or the other.
const isEntry = (path) => Object.keys(entries).some((name) => path === join(dist, `${name}.js`));
for (const file of result.outputFiles.filter((f) => !isEntry(f.path))) place(file);
for (const file of result.outputFiles.filter((f) => isEntry(f.path))) place(file);
// When the sources were read: anything younger is not in this build.
writeFileSync(join(dist, '.built'), '');
utimesSync(join(dist, '.built'), began, began);
writeFileSync(join(dist, 'LICENCES.txt'), licencesOfBundled());
removeOldChunks(new Set(result.outputFiles.map((f) => f.path)));

if (!process.argv.includes('--no-types')) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const types = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
  if (types.status !== 0) process.exit(types.status ?? 1);
}

/** No module of ours does anything by being imported, so what a command does not use (and its packages) is not loaded for it. */
function ownSources() {
  return {
    name: 'own-sources',
    setup: ({ onResolve }) => {
      onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, resolveDir }) => ({
        path: resolve(resolveDir, path),
        sideEffects: false,
      }));
    },
  };
}

function place(file) {
  mkdirSync(dirname(file.path), { recursive: true });
  if (existsSync(file.path) && readFileSync(file.path).equals(Buffer.from(file.contents))) return;
  const temporary = `${file.path}.${process.pid}`;
  writeFileSync(temporary, file.contents, { mode: relative(dist, file.path) === 'cli/main.js' ? 0o755 : 0o644 });
  renameSync(temporary, file.path);
}

/** Chunks of earlier builds; the young ones stay, because a process of that build may still load them. */
function removeOldChunks(current) {
  const folder = join(dist, 'chunks');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!current.has(path) && Date.now() - statSync(path).mtimeMs > 3_600_000) rmSync(path, { force: true });
  }
}
