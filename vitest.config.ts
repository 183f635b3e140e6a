import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { 'sigma-quant': fileURLToPath(new URL('./src/lib/index.ts', import.meta.url)) } },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/global.ts'],
    // Runs made by tests are no trials of this folder's strategies.
    env: { SIGMA_LEDGER: join(tmpdir(), `sigma-test-ledger-${process.pid}`) },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Both cores of a small machine; many tests wait for processes of their own.
    maxWorkers: '100%',
    reporters: ['default', ['json', { outputFile: '.cache/test-results.json' }]],
    coverage: {
      provider: 'v8',
      include: ['src/lib/**/*.ts', 'src/cli/**/*.ts'],
      // Runs in the browser: test/e2e exercises it there, where this coverage does not look.
      exclude: ['src/lib/report/client/**'],
      reporter: ['text-summary', 'json-summary', 'html'],
      thresholds: { lines: 90 },
    },
  },
});
