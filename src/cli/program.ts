/** The command tree: names and summaries for all, code only for the one that was asked for. */
import { Command, Help } from 'commander';
import { type CommandEntry, commandTable } from './command-table.ts';
import { applySettings } from './settings/apply.ts';
import { version } from './version.ts';

/** @param args decides which command's code is loaded; `all` loads every one (for the generated reference and completion) */
export async function createProgram(args: readonly string[] | 'all'): Promise<Command> {
  const program = new Command('sigma')
    .description('Quantitative research, backtesting and live trading from one strategy file.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help of a command')
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'sigma: ')) })
    .configureHelp({ helpWidth: Math.min(process.stdout.columns ?? 80, 100), formatHelp })
    .addHelpText(
      'after',
      '\nExamples:\n  $ sigma backtest --strategy momentum --from 2021-01-01\n  $ sigma data list\n  $ sigma report latest --open',
    );
  const wanted = args === 'all' ? 'all' : operands(args);
  await attach(program, commandTable, wanted);
  if (wanted !== 'all') await applySettings(program, wanted, args === 'all' ? [] : args);
  return program;
}

async function attach(
  parent: Command,
  table: Readonly<Record<string, CommandEntry>>,
  wanted: readonly string[] | 'all',
) {
  for (const [name, entry] of Object.entries(table)) {
    const command = parent
      .command(name)
      .summary(entry.summary)
      .description(entry.description ?? `${entry.summary}.`);
    const aliases = 'aliases' in entry ? (entry.aliases ?? []) : [];
    command.aliases(aliases);
    const asked = wanted === 'all' || wanted[0] === name || aliases.includes(wanted[0] ?? '');
    if ('commands' in entry)
      await attach(command, entry.commands, wanted === 'all' ? 'all' : asked ? wanted.slice(1) : []);
    else if (asked) (await entry.load())(command);
  }
}

/** The words that may name a command: `help` in front is skipped. */
function operands(args: readonly string[]): readonly string[] {
  const words = args.filter((arg) => !arg.startsWith('-'));
  return words[0] === 'help' ? words.slice(1) : words;
}

/** Commander's layout, with the global options shown once, on the top level. */
function formatHelp(command: Command, help: Help): string {
  return Help.prototype.formatHelp.call(help, command, help);
}
