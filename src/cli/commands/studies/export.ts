/** `sigma studies export`: all trials of a study as one table. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type TableFormat, tableFormats } from '../../../lib/data/index.ts';
import { act, examples } from '../../io.ts';
import { choiceOption } from '../../options/numbers.ts';
import { wire } from '../../wire.ts';

type Flags = { readonly format: TableFormat; readonly out?: string };

export function studiesExportCommand(command: Command): void {
  command
    .argument('[study]', 'id, start of an id, or latest', 'latest')
    .option('-f, --format <format>', tableFormats.join(', '), choiceOption('--format', tableFormats), 'csv' as const)
    .option('-o, --out <file>', 'where to write it (trials-<study>.<format>)');
  examples(command, 'sigma studies export latest --format parquet --out trials.parquet');
  act<Flags>(command, async (io, flags, [reference = 'latest']) => {
    const { exportStudy, findStudy } = await import('../../../lib/studies/index.ts');
    const study = await findStudy(await wire(flags).studies(), reference);
    const file = resolve(flags.out ?? `trials-${study.id}.${flags.format}`);
    const rows = await exportStudy(study, file, flags.format);
    io.print(`wrote ${rows} trials to ${file}`);
    io.document('sigma.exported/1', { id: study.id, format: flags.format, files: [file] });
  });
}
