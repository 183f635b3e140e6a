/** Flags that say how a file is written, where detection is wrong or must be sure. */
import type { Command } from 'commander';
import { SigmaError } from '../../lib/core/index.ts';
import type { CsvOptions } from '../../lib/data/index.ts';
import { parseTimeframe } from '../../lib/model/index.ts';
import { choiceOption, listOption } from './numbers.ts';

const kinds = ['equity', 'index', 'fx', 'spot', 'perpetual', 'future'] as const;
const timeFormats = [
  'iso',
  'epoch-s',
  'epoch-ms',
  'epoch-us',
  'epoch-ns',
  'yyyymmdd',
  'day-first',
  'month-first',
  'named-month',
] as const;
const roles = ['time', 'open', 'high', 'low', 'close', 'volume', 'symbol'] as const;

export type ReadFlags = {
  readonly symbol?: string;
  readonly symbols?: readonly string[];
  readonly timeframe?: string;
  readonly timeZone?: string;
  readonly timeFormat?: (typeof timeFormats)[number];
  readonly delimiter?: string;
  readonly decimal?: '.' | ',';
  readonly columns?: readonly string[];
  readonly kind?: (typeof kinds)[number];
  readonly currency?: string;
  readonly sort?: true;
};

export function addReadFlags(command: Command): Command {
  return command
    .option('--symbol <name>', 'instrument of a file without a symbol column (the file name)')
    .option('--symbols <list>', 'only these instruments', listOption)
    .option('--timeframe <tf>', 'span of a bar (the most common step)')
    .option('--time-zone <zone>', 'IANA zone of times without an offset (UTC)')
    .option(
      '--time-format <format>',
      `${timeFormats.join(', ')} (detected)`,
      choiceOption('--time-format', timeFormats),
    )
    .option('--delimiter <char>', 'separator of a CSV file; tab for a tabulator (detected)')
    .option('--decimal <mark>', 'decimal mark, . or , (detected)', choiceOption('--decimal', ['.', ',']))
    .option(
      '--columns <role=name,...>',
      'columns by role: time, open, high, low, close, volume, symbol (by their names)',
      listOption,
    )
    .option('--kind <kind>', `${kinds.join(', ')} (spot)`, choiceOption('--kind', kinds))
    .option('--currency <code>', 'currency of the prices (USD)')
    .option('--sort', 'sort rows that are out of order instead of refusing them');
}

export function readOptions(flags: ReadFlags): CsvOptions {
  const instrument = {
    ...(flags.kind === undefined ? {} : { kind: flags.kind }),
    ...(flags.currency === undefined ? {} : { currency: flags.currency }),
  };
  return {
    ...(flags.symbol === undefined ? {} : { symbol: flags.symbol }),
    ...(flags.symbols === undefined ? {} : { symbols: flags.symbols }),
    ...(flags.timeframe === undefined ? {} : { timeframe: parseTimeframe(flags.timeframe, '--timeframe') }),
    ...(flags.timeZone === undefined ? {} : { timeZone: flags.timeZone }),
    ...(flags.timeFormat === undefined ? {} : { timeFormat: flags.timeFormat }),
    ...(flags.delimiter === undefined ? {} : { delimiter: flags.delimiter === 'tab' ? '\t' : flags.delimiter }),
    ...(flags.decimal === undefined ? {} : { decimal: flags.decimal }),
    ...(flags.columns === undefined ? {} : { columns: columnNames(flags.columns) }),
    ...(Object.keys(instrument).length === 0 ? {} : { instrument }),
    ...(flags.sort === undefined ? {} : { sort: true }),
  };
}

function columnNames(pairs: readonly string[]): NonNullable<CsvOptions['columns']> {
  const entries = pairs.map((pair) => {
    const [role = '', ...name] = pair.split('=');
    if (!roles.some((known) => known === role) || name.length === 0) {
      throw new SigmaError('usage/bad-option', `'${pair}' is not role=name`, {
        where: '--columns',
        hint: `roles are ${roles.join(', ')}; for example --columns time=Date,close=Last`,
      });
    }
    return [role, name.join('=')] as const;
  });
  return Object.fromEntries(entries);
}
