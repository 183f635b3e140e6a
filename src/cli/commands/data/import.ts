/** `sigma data import`: a file, a directory or a table becomes a data set of the project. */
import { existsSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { Command } from 'commander';
import type { RepairPolicy } from '../../../lib/data/index.ts';
import { act, examples } from '../../io.ts';
import { choiceOption, numberOption } from '../../options/numbers.ts';
import { addReadFlags, type ReadFlags, readOptions } from '../../options/read-flags.ts';
import { csvFormatText } from '../../render/csv-format.ts';
import { wire } from '../../wire.ts';

type Flags = ReadFlags & {
  readonly name?: string;
  readonly title?: string;
  readonly licence?: string;
  readonly sessions?: string;
  readonly periodsPerYear?: number;
  readonly synthetic?: true;
  readonly repair?: RepairPolicy;
  readonly hindsight?: true;
  readonly replace?: true;
  readonly actions?: string;
  readonly applyActions?: 'positions' | 'prices';
};

export function dataImportCommand(command: Command): void {
  command.argument('<source>', 'CSV or Parquet file, directory of files per instrument, or postgres://…?table=bars');
  addReadFlags(command)
    .option('--name <name>', 'name of the data set (from the source)')
    .option('--title <text>', 'one line on what it is')
    .option('--licence <text>', 'licence of the data (unknown)')
    .option('--sessions <calendar>', '24/7, nyse, krx, … (weekdays when no bar opens on a weekend, else 24/7)')
    .option(
      '--periods-per-year <n>',
      'bars a year, for annual figures',
      numberOption('--periods-per-year', { above: 0 }),
    )
    .option('--synthetic', 'mark the data as synthetic')
    .option('--hindsight', 'mark the instruments as chosen knowing what became of them (survivorship bias)')
    .option(
      '--repair <policy>',
      'what is done about faulty rows: drop, fill, interpolate or fail (fail)',
      choiceOption<RepairPolicy>('--repair', ['drop', 'fill', 'interpolate', 'fail']),
    )
    .option('--actions <file>', 'splits and dividends: CSV or Parquet with symbol, time, kind, ratio, amount')
    .option(
      '--apply-actions <to>',
      'positions (keep bars as traded, and the actions for runs) or prices (store adjusted bars) (positions)',
      choiceOption('--apply-actions', ['positions', 'prices']),
    )
    .option('--replace', 'replace a data set of that name');
  examples(
    command,
    'sigma data import prices.csv --name my-prices',
    'sigma data import prices.csv --columns time=Datum,close=Schluss --decimal , --time-zone Europe/Berlin',
  );
  act<Flags>(command, async (io, flags, [source = '']) => {
    const { checkBars, fileKind, readBars, readCsv, repairBars, saveDataset } = await import(
      '../../../lib/data/index.ts'
    );
    const repair = flags.repair === 'fail' ? undefined : flags.repair;
    const options = { ...readOptions(flags), ...(repair === undefined ? {} : { check: false }) };
    const isText = existsSync(source) && statSync(source).isFile() && fileKind(source) === 'text';
    const read = isText ? await readCsv(source, options) : { bars: await readBars(source, options), format: undefined };
    if (read.format !== undefined) io.say(csvFormatText(read.format));
    const calendar = flags.sessions ?? '24/7';
    const bars = read.bars.map((one) => {
      if (repair === undefined) return one;
      const { instrument, timeframe, closeOnly } = one;
      return repairBars(
        one,
        checkBars(one, { symbol: instrument.symbol, timeframe, closeOnly, calendar }),
        repair,
        calendar,
      );
    });
    const { importedActions } = await import('../../../lib/runs/index.ts');
    const { kept, adjusted, warnings } = await importedActions(source, bars, {
      reading: options,
      ...(flags.actions === undefined ? {} : { actions: flags.actions }),
      ...(flags.applyActions === undefined ? {} : { applyActions: flags.applyActions }),
    });
    for (const warning of warnings) io.say(`warning: ${warning}`);
    const dataset = await saveDataset(
      {
        name: flags.name ?? nameOf(source),
        source: { file: basename(source.split('?')[0] ?? source) },
        ...(flags.title === undefined ? {} : { title: flags.title }),
        ...(flags.licence === undefined ? {} : { licence: flags.licence }),
        ...(flags.sessions === undefined ? {} : { sessions: flags.sessions }),
        ...(flags.periodsPerYear === undefined ? {} : { periodsPerYear: flags.periodsPerYear }),
        ...(flags.synthetic === undefined ? {} : { synthetic: true }),
        ...(flags.hindsight === undefined ? {} : { hindsight: true }),
      },
      adjusted,
      {
        ...(await wire(flags).catalog()),
        replace: flags.replace === true,
        ...(kept === undefined ? {} : { actions: kept }),
      },
    );
    const { meta } = dataset;
    io.document('sigma.dataset/1', { ...meta, location: dataset.location, format: read.format ?? null });
    io.print(
      `stored ${meta.name}: ${meta.instruments.length} instrument${meta.instruments.length === 1 ? '' : 's'}, ${meta.rows} bars of ${meta.timeframe}, ${meta.from.slice(0, 10)} to ${meta.to.slice(0, 10)}`,
    );
    io.print(`next: sigma data check ${meta.name}`);
  });
}

function nameOf(source: string): string {
  const table = /[?&]table=([^&]+)/.exec(source)?.[1];
  const name = table ?? basename(source, extname(source));
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, '-')
      .replace(/^[^a-z0-9]+/, '') || 'data'
  );
}
