/** What a command writes to: results on stdout, everything else on stderr. */
import type { Command } from 'commander';

export type CommonFlags = {
  readonly json?: true;
  readonly quiet?: true;
  readonly debug?: true;
  readonly color: boolean;
  readonly artifacts?: string;
  readonly datasets?: string;
};

export interface Io {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly color: boolean;
  /** Columns of stdout; 80 when it is no terminal. */
  readonly width: number;
  readonly interactive: boolean;
  /** The result as text; not printed under --json. */
  print(text: string): void;
  /** The result as the one JSON document; printed only under --json. */
  document(schema: string, content: Readonly<Record<string, unknown>>): void;
  /** A line for people on stderr; nothing under --quiet. */
  say(text: string): void;
}

/** Whether the command that runs has printed its document: there is one a command, also where it then fails. */
export const printed = { document: false };

function createIo(flags: CommonFlags): Io {
  const json = flags.json === true;
  const quiet = flags.quiet === true;
  const terminal = process.stdout.isTTY === true;
  const { env } = process;
  const colourful = terminal && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  return {
    json,
    quiet,
    color: flags.color && (colourful || (env['FORCE_COLOR'] ?? '0') !== '0'),
    width: terminal ? Math.max(60, Math.min(process.stdout.columns ?? 80, 120)) : 80,
    interactive: process.stderr.isTTY === true && !quiet,
    print: (text) => {
      if (!json) process.stdout.write(`${text}\n`);
    },
    document: (schema, content) => {
      if (!json) return;
      printed.document = true;
      process.stdout.write(`${JSON.stringify({ schema, ...content }, plainNumbers)}\n`);
    },
    say: (text) => {
      if (!quiet) process.stderr.write(`${text}\n`);
    },
  };
}

/** JSON has no NaN and no infinities: null and text stand for them, as in stored metrics. */
function plainNumbers(_key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    return Number.isNaN(value) ? null : value > 0 ? 'Infinity' : '-Infinity';
  return ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value;
}

/** Adds the options every command has, and the action; `run` gets what was parsed. */
export function act<Flags>(
  command: Command,
  run: (io: Io, flags: Flags & CommonFlags, args: readonly string[]) => void | Promise<void>,
): Command {
  return command
    .option('--json', 'print one JSON document on stdout')
    .option('-q, --quiet', 'no progress and no notes on stderr')
    .option('--no-color', 'no colours')
    .option('--debug', 'show stacks of errors')
    .option('--config <file>', 'read settings from this file instead of sigma.config.json')
    .option('--artifacts <dir>', 'where runs are stored (artifacts)')
    .option('--datasets <dir>', 'where data sets are kept (datasets)')
    .action(async () => {
      const flags = command.opts<Flags & CommonFlags>();
      await run(createIo(flags), flags, command.args);
    });
}

/** Ends the help of a command with lines that can be run. */
export function examples(command: Command, ...lines: readonly string[]): Command {
  return command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`);
}
