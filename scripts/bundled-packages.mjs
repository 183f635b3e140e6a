/** Packages that become part of the build, and their licences. */
import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bundled = ['zod', 'commander', 'luxon', '@duckdb/node-api'];

/**
 * These packages are taken into the build: each is up to two hundred small files, and opening them costs more than running them.
 * What they require in turn is asked of the running Node: its own modules, and the native library of DuckDB beside the package that depends on it.
 */
export function bundledPackages() {
  const required = {
    '@duckdb/node-bindings': `import { createRequire } from 'node:module';
      const api = createRequire(import.meta.url).resolve('@duckdb/node-api');
      export default createRequire(api)('@duckdb/node-bindings');`,
  };
  for (const name of builtinModules)
    for (const path of [name, `node:${name}`]) required[path] = `module.exports = process.getBuiltinModule('${path}');`;
  return {
    name: 'bundled-packages',
    setup: ({ onResolve, onLoad }) => {
      // A dynamic import of a CommonJS package finds its names only if they are written out.
      onResolve({ filter: /^@duckdb\/node-api$/ }, ({ path, kind }) =>
        kind === 'dynamic-import' ? { path, namespace: 'named' } : undefined,
      );
      onLoad({ filter: /./, namespace: 'named' }, async ({ path }) => {
        const names = Object.keys(await import(path)).filter((name) => /^\w+$/.test(name) && name !== 'default');
        const file = fileURLToPath(import.meta.resolve(path));
        return {
          contents: `import * as all from '${file}'; export const { ${names} } = all;`,
          resolveDir: dirname(file),
        };
      });
      onResolve({ filter: new RegExp(`^(${bundled.join('|')})$`) }, ({ path }) => ({
        path: fileURLToPath(import.meta.resolve(path)),
        sideEffects: false,
      }));
      onResolve({ filter: /./ }, ({ path, kind }) =>
        kind === 'require-call' && path in required ? { path, namespace: 'required' } : undefined,
      );
      onLoad({ filter: /./, namespace: 'required' }, ({ path }) => ({ contents: required[path] }));
      // Messages in fifty languages are half of zod.
      onResolve({ filter: /^\.\.\/locales\/index\.js$/ }, ({ path }) => ({ path, namespace: 'locales' }));
      onLoad({ filter: /./, namespace: 'locales' }, () => ({ contents: 'export {};' }));
    },
  };
}

/** The licences of the packages in the build ask to go with it. */
export function licencesOfBundled() {
  const texts = bundled.map((name) => {
    let folder = dirname(fileURLToPath(import.meta.resolve(name)));
    while (!existsSync(join(folder, 'LICENSE')) && !existsSync(join(folder, 'LICENSE.md'))) folder = dirname(folder);
    const file = ['LICENSE', 'LICENSE.md'].find((one) => existsSync(join(folder, one)));
    return `${name}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  return texts.join('\n\n');
}
