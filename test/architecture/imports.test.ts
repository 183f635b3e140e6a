/** The import table: which folder may import which. It is the documentation of the layers, and this test holds it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const lib = join(root, 'src/lib');

const engineBelow = [
  'core',
  'statistics',
  'model',
  'frame',
  'indicators',
  'strategy',
  'execution',
  'portfolio',
  'risk',
  'metrics',
];

/** folder -> folders it may import (through their faces). */
const table: Readonly<Record<string, readonly string[]>> = {
  core: [],
  statistics: ['core'],
  model: ['core'],
  frame: ['core', 'model'],
  indicators: ['core', 'model', 'frame'],
  metrics: ['core', 'statistics', 'model', 'frame'],
  learning: ['core', 'statistics'],
  features: ['core', 'statistics', 'model', 'frame', 'indicators', 'learning'],
  research: ['core', 'statistics', 'model', 'frame', 'indicators', 'metrics', 'learning', 'features'],
  allocation: ['core', 'statistics', 'model', 'frame', 'metrics'],
  portfolio: ['core', 'model'],
  risk: ['core', 'model', 'portfolio'],
  execution: ['core', 'model', 'portfolio', 'risk'],
  strategy: ['core', 'model', 'frame', 'indicators'],
  engine: engineBelow,
  sweep: [...engineBelow, 'engine'],
  optimize: [...engineBelow, 'engine', 'sweep'],
  storage: ['core'],
  data: ['core', 'statistics', 'model', 'frame', 'storage'],
  registry: ['core', 'model', 'frame', 'storage'],
  plugins: ['core', 'model', 'strategy', 'storage'],
  report: [
    'core',
    'statistics',
    'model',
    'frame',
    'metrics',
    'learning',
    'features',
    'research',
    'engine',
    'strategy',
    'sweep',
    'optimize',
  ],
  workers: [...engineBelow, 'engine', 'sweep', 'optimize', 'plugins', 'storage'],
  runs: [...engineBelow, 'engine', 'allocation', 'storage', 'data', 'registry', 'plugins', 'report'],
  studies: [...engineBelow, 'engine', 'sweep', 'optimize', 'data', 'registry', 'plugins', 'report', 'runs', 'workers'],
  scenarios: [...engineBelow, 'engine', 'storage', 'data', 'registry', 'plugins', 'runs'],
  lab: [
    'core',
    'model',
    'frame',
    'learning',
    'features',
    'research',
    'storage',
    'data',
    'registry',
    'plugins',
    'report',
    'runs',
  ],
};

/** External packages by folder; `node:` stands for Node's own. Folders that are not named have none. */
const externals: Readonly<Record<string, readonly string[]>> = {
  // SHA-256 is pure: the one built-in below the shell.
  core: ['node:crypto'],
  storage: ['node:'],
  features: ['zod'],
  research: ['zod'],
  data: ['node:', '@duckdb/node-api', 'apache-arrow', 'pg', 'pg-copy-streams', 'zod', 'luxon'],
  registry: ['node:', '@duckdb/node-api', 'zod'],
  plugins: ['node:', 'esbuild', 'typescript'],
  report: ['@resvg/resvg-js'],
  workers: ['node:', 'aws4fetch', 'bullmq', 'ioredis'],
  runs: ['node:', 'zod'],
  studies: ['node:'],
  lab: ['node:'],
  scenarios: ['node:', 'yaml', 'zod'],
};

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function importsOf(file: string): string[] {
  // Text in template literals is not an import: the template of a new strategy holds one.
  const text = readFileSync(file, 'utf8').replace(/`[^`]*`/g, '``');
  const specifiers = [
    ...text.matchAll(/^(?:import|export)\s[^'"`;]*?from\s+['"]([^'"]+)['"]/gm),
    ...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g),
    ...text.matchAll(/^import\s+['"]([^'"]+)['"]/gm),
  ];
  return specifiers.map((m) => m[1]!);
}

const folders = readdirSync(lib, { withFileTypes: true })
  .filter((e) => e.isDirectory())
  .map((e) => e.name);

/** A folder's defaults have a face of their own: what says the flags of a command must not load what runs it. */
const faces = ['index.ts', 'defaults.ts'];

describe('the import table', () => {
  it('names every folder of src/lib', () => {
    expect(Object.keys(table).sort()).toEqual([...folders].sort());
  });

  for (const folder of folders) {
    it(`${folder} imports only what the table allows, and only through faces`, () => {
      const broken: string[] = [];
      for (const file of sources(join(lib, folder))) {
        for (const specifier of importsOf(file)) {
          const name = relative(root, file);
          if (!specifier.startsWith('.')) {
            const allowed = externals[folder] ?? [];
            if (
              !allowed.some((a) =>
                a === 'node:' ? specifier.startsWith(a) : specifier === a || specifier.startsWith(`${a}/`),
              )
            )
              broken.push(`${name}: ${specifier}`);
            continue;
          }
          const target = relative(lib, resolve(file, '..', specifier)).split(sep);
          if (target[0] === folder) continue;
          if (!(table[folder] ?? []).includes(target[0]!) || !faces.includes(target.slice(1).join('/')))
            broken.push(`${name}: ${specifier}`);
        }
      }
      expect(broken).toEqual([]);
    });
  }

  it('lets shipped strategies import the public package alone', () => {
    const broken = sources(join(root, 'strategies')).flatMap((file) =>
      importsOf(file)
        .filter((specifier) => specifier !== 'sigma-quant')
        .map((specifier) => `${relative(root, file)}: ${specifier}`),
    );
    expect(broken).toEqual([]);
  });

  it('keeps clocks and unseeded randomness out of everything from core to engine', () => {
    const pure = [
      'core',
      'model',
      'frame',
      'indicators',
      'statistics',
      'metrics',
      'learning',
      'features',
      'research',
      'allocation',
      'strategy',
      'execution',
      'portfolio',
      'risk',
      'engine',
      'sweep',
      'optimize',
    ];
    const broken = pure.flatMap((folder) =>
      sources(join(lib, folder))
        .filter((file) =>
          /Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\(|\bawait import\(/.test(
            readFileSync(file, 'utf8'),
          ),
        )
        .map((file) => relative(root, file)),
    );
    expect(broken).toEqual([]);
  });
});
