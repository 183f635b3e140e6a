/** Runs the benchmarks, all or those named: bundled like a release and under plain node, for a loader that compiles on the fly would cost them speed. */
import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const outdir = join(root, '.cache', 'bench');
await build({
  absWorkingDir: root,
  entryPoints: {
    index: 'bench/index.ts',
    'memory-run': 'bench/engine/memory-run.ts',
    'grademark-run': 'bench/engine/grademark-run.ts',
  },
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  alias: { 'sigma-quant': join(root, 'src/lib/index.ts') },
  sourcemap: true,
  logLevel: 'error',
}).catch(() => process.exit(1));

const { status } = spawnSync(process.execPath, [join(outdir, 'index.js'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
