/** Layers settings under the flags of the command that was asked for: defaults < sigma.config.json < SIGMA_* < flags. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';

const FILE = 'sigma.config.json';
/** Flags that only make sense on the command line. */
const flagsOnly = new Set(['json', 'color', 'debug', 'config', 'help', 'version']);

/** @param words the words of the command line; the command named by the first of them gets the settings */
export async function applySettings(
  program: Command,
  words: readonly string[],
  args: readonly string[],
): Promise<void> {
  const command = leaf(program, words);
  if (command === undefined) return;
  for (const option of command.options) {
    const name = option.attributeName();
    if (!flagsOnly.has(name)) option.env(`SIGMA_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`);
  }
  const path = configPath(args);
  if (path === undefined) return;
  const { readSettings } = await import('./read.ts');
  for (const [name, value] of Object.entries(readSettings(path))) {
    const option = command.options.find((o) => o.attributeName() === name);
    if (option === undefined || value === undefined) continue;
    for (const one of texts(value)) {
      const before: unknown =
        command.getOptionValueSource(name) === 'config' ? command.getOptionValue(name) : undefined;
      const parsed = option.parseArg === undefined ? one : option.parseArg(String(one), before);
      command.setOptionValueWithSource(name, parsed, 'config');
    }
  }
}

/** A setting as what could stand on the command line. */
function texts(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null) return Object.entries(value).map(([key, one]) => `${key}=${one}`);
  return [value];
}

function configPath(args: readonly string[]): string | undefined {
  const at = args.findIndex((arg) => arg === '--config' || arg.startsWith('--config='));
  const given = at < 0 ? process.env['SIGMA_CONFIG'] : (args[at]?.split('=')[1] ?? args[at + 1]);
  return given ?? (existsSync(FILE) ? FILE : undefined);
}

function leaf(program: Command, words: readonly string[]): Command | undefined {
  let command: Command | undefined = program;
  for (const word of words) {
    const next: Command | undefined = command.commands.find((c) => c.name() === word);
    if (next === undefined) break;
    command = next;
  }
  return command === program ? undefined : command;
}
