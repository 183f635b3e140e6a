/** Bundles a strategy file with what it imports, except this library, into one module. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildFailure, BuildOptions, Message, Plugin } from 'esbuild';
import { didYouMean, SigmaError } from '../core/index.ts';
import { libraryUrl } from './package-root.ts';

const libraryName = 'sigma-quant';

const shared = {
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  charset: 'utf8',
  logLevel: 'silent',
  legalComments: 'none',
  // A tsconfig nearby must not change what a strategy means on another machine.
  tsconfigRaw: '{}',
} as const satisfies BuildOptions;

/** Short names too: a bundle names the default export after its file, and the file's name must not change the hash. */
const stable = { minifyWhitespace: true, minifyIdentifiers: true } as const;

/**
 * The strategy as one text that still imports 'sigma-quant' by name: without paths, comments and white space, so the
 * same strategy has the same text on every machine. Its SHA-256 is the strategy's code hash.
 * @throws SigmaError strategy/load-failed with file, line and column
 */
export async function portableCode(file: string): Promise<string> {
  return run(
    { ...shared, entryPoints: [file], absWorkingDir: dirname(file), external: [libraryName], ...stable },
    file,
  );
}

/**
 * The same whatever the file is called. Identifiers stay as they were written: which short ones `portableCode` picks depends on all letters
 * of the code, those of the strategy's own name among them.
 * @throws SigmaError strategy/load-failed
 */
export async function namelessCode(file: string): Promise<string> {
  const extension = extname(file);
  const stdin = {
    contents: await readFile(file, 'utf8'),
    resolveDir: dirname(file),
    sourcefile: `strategy${extension}`,
    loader: extension.endsWith('ts') ? ('ts' as const) : ('js' as const),
  };
  return run({ ...shared, stdin, external: [libraryName], minifyWhitespace: true }, file);
}

/** The module to import for a strategy file, tied to the running library, with an inline source map. */
export async function moduleOfFile(file: string, library = libraryUrl()): Promise<string> {
  return run(
    {
      ...shared,
      entryPoints: [file],
      absWorkingDir: dirname(file),
      sourcemap: 'inline',
      // The module lies elsewhere: without this, debuggers and stack traces look for the source beside it.
      sourceRoot: `${dirname(file)}/`,
      plugins: [runningLibrary(library)],
    },
    file,
  );
}

/** The module to import for a portable code. */
export async function moduleOfCode(code: string, name: string, library = libraryUrl()): Promise<string> {
  return run(
    { ...shared, stdin: { contents: code, sourcefile: name, loader: 'js' }, plugins: [runningLibrary(library)] },
    name,
  );
}

async function run(options: BuildOptions & { readonly write: false }, file: string): Promise<string> {
  // Loaded on first use: most uses of the library never read a strategy file.
  const { build } = await import('esbuild');
  try {
    const { outputFiles } = await build({ ...options, write: false });
    return outputFiles[0]?.text ?? '';
  } catch (cause) {
    throw isBuildFailure(cause) && cause.errors[0] !== undefined ? await syntaxError(cause.errors[0], file) : cause;
  }
}

function isBuildFailure(cause: unknown): cause is BuildFailure {
  return cause instanceof Error && 'errors' in cause && Array.isArray(cause.errors);
}

async function syntaxError(error: Message, file: string): Promise<SigmaError> {
  const at = error.location;
  const where = at === null ? basename(file) : `${resolve(dirname(file), at.file)}:${at.line}:${at.column + 1}`;
  const missing = /No matching export .* for import "(.+)"/.exec(error.text)?.[1];
  if (missing !== undefined && error.text.includes('src/lib/index.ts')) return missingExport(missing, where, []);
  return new SigmaError('strategy/load-failed', error.text, {
    where,
    ...(at === null ? {} : { hint: `the line reads: ${at.lineText.trim()}` }),
  });
}

/** The strategy imports a name that the library does not have. */
export function missingExport(name: string, where: string, exported: readonly string[]): SigmaError {
  return new SigmaError('strategy/load-failed', `'${libraryName}' exports no '${name}'`, {
    where,
    hint: didYouMean(name, exported) || 'the list is in the documentation of the library',
  });
}

/**
 * Ties 'sigma-quant' to the running copy. Built, that is its URL. Without a build the sources are taken into the module:
 * a strategy works with a second copy as well, for expressions are plain data, and what it does not use is dropped.
 */
function runningLibrary(library: string): Plugin {
  const fromSource = library.endsWith('.ts');
  const entry = fromSource ? fileURLToPath(library) : library;
  const home = fromSource ? dirname(entry) : '';
  return {
    name: libraryName,
    setup: (esbuild) => {
      esbuild.onResolve({ filter: new RegExp(`^${libraryName}$`) }, () =>
        fromSource ? { path: entry, sideEffects: false } : { path: library, external: true },
      );
      if (!fromSource) return;
      esbuild.onResolve({ filter: /.*/ }, ({ importer, path }) => {
        if (!importer.startsWith(home)) return undefined;
        if (path.startsWith('.')) return { path: resolve(dirname(importer), path), sideEffects: false };
        return { path, external: true, sideEffects: false };
      });
    },
  };
}
