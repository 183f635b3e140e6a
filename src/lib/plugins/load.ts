/** Loads a strategy from a file, or from the code that a run stored. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SigmaError, sha256 } from '../core/index.ts';
import { checkDefinition, type Strategy } from '../strategy/index.ts';
import { missingExport, moduleOfCode, moduleOfFile, namelessCode, portableCode } from './bundle.ts';
import { libraryUrl } from './package-root.ts';
import { rememberSourceMap, thrownAt } from './source-positions.ts';

export type LoadedStrategy = {
  readonly strategy: Strategy;
  /** Absolute path of its file; the name it was stored under when loaded from code. */
  readonly file: string;
  /** The strategy and all it imports but this library, as one text without paths: enough to load it again anywhere. */
  readonly code: string;
  /** SHA-256 of `code`. */
  readonly codeHash: string;
  /** SHA-256 of the code without the names of file and strategy: a renamed copy has the same. */
  readonly lineage: string;
};

/**
 * Loads a file; a changed file loads anew, an unchanged one is the same module.
 * @throws SigmaError strategy/load-failed with file, line and column
 */
export async function loadStrategyFile(file: string): Promise<LoadedStrategy> {
  const [code, module] = await Promise.all([portableCode(file), moduleOfFile(file)]);
  const strategy = await importStrategy(module, file);
  // Not beside the two above: the first error is the one that is reported, and here a file goes by another name.
  const nameless = await namelessCode(file);
  return { strategy, file, code, codeHash: sha256(code), lineage: lineageOf(nameless, strategy) };
}

/**
 * Loads what `LoadedStrategy.code` held.
 * @param name the file name to report errors under
 * @throws SigmaError strategy/load-failed
 */
export async function loadStrategyCode(code: string, name: string): Promise<LoadedStrategy> {
  const strategy = await importStrategy(await moduleOfCode(code, name), name);
  return { strategy, file: name, code, codeHash: sha256(code), lineage: lineageOf(code, strategy) };
}

function lineageOf(code: string, { name }: Strategy): string {
  return sha256(code.replaceAll(JSON.stringify(name), '""'));
}

async function importStrategy(module: string, file: string): Promise<Strategy> {
  const path = writeModule(module, file);
  let exported: { readonly default?: unknown };
  // From here on stack traces name lines of strategy files, also when one throws in the middle of a run.
  process.setSourceMapsEnabled(true);
  try {
    exported = await import(/* @vite-ignore */ pathToFileURL(path).href);
  } catch (cause) {
    throw await importError(cause, file);
  }
  return checkDefinition(exported.default, file);
}

let folder: string | undefined;

/** Modules of this process; a fresh name for fresh content makes the runtime load it again. */
function writeModule(text: string, file: string): string {
  try {
    if (folder === undefined) {
      const made = mkdtempSync(join(tmpdir(), 'sigma-strategies-'));
      process.once('exit', () => rmSync(made, { recursive: true, force: true }));
      folder = made;
    }
    const name = basename(file)
      .replace(/\.[a-z]+$/, '')
      .replace(/[^A-Za-z0-9_-]/g, '_');
    const path = join(folder, `${name}-${sha256(file, text).slice(0, 16)}.mjs`);
    writeFileSync(path, text);
    rememberSourceMap(path, text, dirname(file));
    return path;
  } catch (cause) {
    throw new SigmaError('store/write-failed', `cannot write a temporary module: ${messageOf(cause)}`, {
      where: tmpdir(),
      hint: 'free some space there or set TMPDIR',
      cause,
    });
  }
}

async function importError(cause: unknown, file: string): Promise<SigmaError> {
  const missing = /does not provide an export named '(.+)'/.exec(messageOf(cause))?.[1];
  if (missing !== undefined && messageOf(cause).includes(libraryUrl())) {
    return missingExport(missing, placeOf(missing, file), Object.keys(await import(/* @vite-ignore */ libraryUrl())));
  }
  const kind = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new SigmaError('strategy/load-failed', `it threw ${kind} while it was loaded`, {
    where: thrownAt(cause) ?? file,
    cause,
  });
}

/** Where a file first names something: the loader says which import failed, but not where. */
function placeOf(name: string, file: string): string {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const at = text.search(new RegExp(`\\b${name}\\b`));
  if (at < 0) return file;
  const before = text.slice(0, at).split('\n');
  return `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
