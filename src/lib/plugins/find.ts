/** Finds strategies by name in folders, or by path anywhere. One that does not load stops nobody else. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, extname, isAbsolute, resolve } from 'node:path';
import { didYouMean, SigmaError } from '../core/index.ts';
import type { ParamSpecs } from '../strategy/index.ts';
import { type LoadedStrategy, loadStrategyFile } from './load.ts';
import { bundledStrategies } from './package-root.ts';

const extensions = ['.ts', '.mts', '.js', '.mjs'];

export type PluginOptions = {
  /** Folders to look in, first one wins; by default ./strategies and the ones that come with the package. */
  readonly directories?: readonly string[];
};

export type StrategyEntry = {
  readonly name: string;
  readonly file: string;
} & (
  | { readonly description: string; readonly params: ParamSpecs; readonly codeHash: string }
  | { readonly error: SigmaError }
);

/** ./strategies of the working directory, then those of the package. */
function strategyDirectories(): readonly string[] {
  return [...new Set([resolve('strategies'), bundledStrategies()])];
}

/**
 * A strategy by name (its file's name, or the name it gives itself) or by path.
 * @throws SigmaError usage/unknown-strategy with near names, strategy/load-failed with file, line and column
 */
export async function loadStrategy(nameOrPath: string, options: PluginOptions = {}): Promise<LoadedStrategy> {
  if (isPath(nameOrPath)) {
    const file = isAbsolute(nameOrPath) ? nameOrPath : resolve(nameOrPath);
    if (isFile(file)) return loadStrategyFile(file);
    throw new SigmaError('usage/unknown-strategy', `there is no file ${nameOrPath}`, {
      hint: 'give the path of a .ts or .js file, or the name of a strategy',
    });
  }
  const files = strategyFiles(options.directories ?? strategyDirectories());
  const named = files.find((file) => nameOf(file) === nameOrPath);
  if (named !== undefined) return loadStrategyFile(named);
  const entries = await entriesOf(files);
  const entry = entries.find((e) => e.name === nameOrPath);
  if (entry !== undefined) return loadStrategyFile(entry.file);
  const names = entries.map((e) => e.name);
  throw new SigmaError('usage/unknown-strategy', `there is no strategy '${nameOrPath}'`, {
    hint: didYouMean(nameOrPath, names) || `there are ${names.join(', ') || 'none'}; a path to a file works too`,
  });
}

/** Every strategy in the folders by name, with its parameters or with the error that keeps it from loading. */
export async function listStrategies(options: PluginOptions = {}): Promise<readonly StrategyEntry[]> {
  return entriesOf(strategyFiles(options.directories ?? strategyDirectories()));
}

async function entriesOf(files: readonly string[]): Promise<readonly StrategyEntry[]> {
  const entries = await Promise.all(files.map(entryOf));
  return entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

async function entryOf(file: string): Promise<StrategyEntry> {
  try {
    const { strategy, codeHash } = await loadStrategyFile(file);
    const { name, description = '', params = {} } = strategy;
    return { name, file, description, params, codeHash };
  } catch (error) {
    if (error instanceof SigmaError) return { name: nameOf(file), file, error };
    throw error;
  }
}

/** Files that may hold a strategy; one of an earlier folder hides its namesake in a later one. */
function strategyFiles(directories: readonly string[]): readonly string[] {
  const found = new Map<string, string>();
  for (const directory of directories) {
    if (!existsSync(directory)) continue;
    for (const entry of readdirSync(directory).sort()) {
      const file = resolve(directory, entry);
      if (!extensions.includes(extname(entry)) || /\.d\.m?ts$|\.test\.|^[_.]/.test(entry) || !isFile(file)) continue;
      if (!found.has(nameOf(file))) found.set(nameOf(file), file);
    }
  }
  return [...found.values()];
}

function isPath(text: string): boolean {
  return /[/\\]/.test(text) || extensions.includes(extname(text));
}

function nameOf(file: string): string {
  return basename(file, extname(file));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
