/** Layers settings under the flags of the command that was asked for: defaults < sigma.config.json < SIGMA_* < flags. */
import { existsSync } from 'node:fs';
import type { Command, Option } from 'commander';

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
  const path = configPath(args);
  const settings = path === undefined ? {} : (await import('./read.ts')).readSettings(path);
  for (const option of command.options) {
    const name = option.attributeName();
    // `--no-x` shares its name with `--x`; the latter takes the setting.
    if (flagsOnly.has(name) || option.negate) continue;
    const fromFile: unknown = Reflect.get(settings, name);
    if (fromFile !== undefined) set(command, option, texts(fromFile), 'config');
    const fromEnvironment = process.env[`SIGMA_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`];
    if (fromEnvironment !== undefined && fromEnvironment !== '') set(command, option, [fromEnvironment], 'env');
  }
}

/** Values pass through the parser of the flag, so that they are read and refused alike. */
function set(command: Command, option: Option, values: readonly unknown[], source: 'config' | 'env'): void {
  let parsed: unknown;
  for (const value of values) {
    if (option.isBoolean()) parsed = value === true || /^(1|true|yes|on)$/i.test(String(value));
    else parsed = option.parseArg === undefined ? String(value) : option.parseArg(String(value), parsed);
  }
  command.setOptionValueWithSource(option.attributeName(), parsed, source);
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
    const next: Command | undefined = command.commands.find((c) => c.name() === word || c.aliases().includes(word));
    if (next === undefined) break;
    command = next;
  }
  return command === program ? undefined : command;
}
