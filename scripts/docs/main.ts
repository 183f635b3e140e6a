/** Writes the generated pages of `docs/`; with `--check` only says whether they are up to date. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renderIndicatorDocs } from '../../src/lib/indicators/index.ts';
import { renderMetricDocs } from '../../src/lib/metrics/index.ts';
import { cliPage } from './cli.ts';
import { errorsPage } from './errors.ts';
import { jsonPage } from './json.ts';

const pages: Readonly<Record<string, () => string | Promise<string>>> = {
  'errors.md': errorsPage,
  'cli.md': cliPage,
  'json.md': jsonPage,
  'indicators.md': renderIndicatorDocs,
  'metrics.md': renderMetricDocs,
};

const check = process.argv.includes('--check');
for (const [name, make] of Object.entries(pages)) {
  const path = fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
  const text = await make();
  if (!check) writeFileSync(path, text);
  else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    process.stderr.write(`docs/${name} is stale: run npm run docs\n`);
    process.exitCode = 1;
  }
}
