/** Scenario files in a folder. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { didYouMean, SigmaError } from '../core/index.ts';
import { packageRoot } from '../runs/index.ts';
import type { Scenario } from './scenario.ts';

const endings = ['.yaml', '.yml'];

/** ./scenarios where there is one, otherwise those that come with the package. */
export function scenarioFolder(): string {
  const own = resolve('scenarios');
  return existsSync(own) ? own : join(packageRoot(), 'scenarios');
}

/**
 * The scenarios of a folder by name, or only those that are named, in that order.
 * @throws SigmaError usage/unknown-scenario with near names, scenario/invalid with file, line and key, data/not-found
 */
export async function loadScenarios(
  folder: string = scenarioFolder(),
  names: readonly string[] = [],
): Promise<readonly Scenario[]> {
  const files = await scenarioFiles(folder);
  const known = files.map(stem);
  const chosen = names.length === 0 ? known : [...new Set(names)];
  const unknown = chosen.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new SigmaError('usage/unknown-scenario', `there is no scenario '${unknown}'`, {
      where: folder,
      hint: didYouMean(unknown, known) || `there are ${known.join(', ') || 'none'}`,
    });
  }
  // The YAML parser is loaded by whoever reads scenarios, not by everyone who imports the library.
  const { readScenario } = await import('./read-scenario.ts');
  return Promise.all(
    chosen.map(async (name) => {
      const file = join(folder, files[known.indexOf(name)] ?? '');
      return readScenario(await readFile(file, 'utf8'), file);
    }),
  );
}

async function scenarioFiles(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => endings.includes(extname(name)) && !name.startsWith('.')).sort();
  } catch (cause) {
    throw new SigmaError('data/not-found', 'there is no such folder of scenarios', { where: folder, cause });
  }
}

function stem(file: string): string {
  return basename(file, extname(file));
}
