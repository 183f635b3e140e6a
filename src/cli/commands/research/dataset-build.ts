/** `sigma dataset build`: events of a market with labels, references and the windows before them, as an artifact. */
import { basename } from 'node:path';
import type { Command } from 'commander';
import { SigmaError } from '../../../lib/core/index.ts';
import type { EventRule } from '../../../lib/lab/index.ts';
import { type DatasetTerms, datasetDefaults } from '../../../lib/lab/terms.ts';
import { act, examples } from '../../io.ts';
import { labContext } from '../../lab-context.ts';
import { listOption, numberOption } from '../../options/numbers.ts';

type Flags = {
  readonly features: string;
  readonly data: string;
  readonly name?: string;
  readonly symbols?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly move?: string;
  readonly when?: string;
  readonly events?: string;
  readonly horizon: number;
  readonly barriers: number;
  readonly gap: number;
  readonly references: number;
  readonly discovery: number;
  readonly calibration: number;
  readonly embargo: number;
  readonly seed: number;
};

export function datasetBuildCommand(command: Command): void {
  const { horizonRows, barriers, gapRows, references, split, seed } = datasetDefaults;
  command
    .requiredOption('--features <file>', 'feature specification (*.features.json)')
    .requiredOption('-d, --data <name|file>', 'data set or file of bars')
    .option('--name <name>', "name in the registry (the specification's)")
    .option('--symbols <list>', 'only these instruments, separated by commas', listOption)
    .option('--from <date>', 'first bar')
    .option('--to <date>', 'last day, inclusive')
    .option('--move <rule>', 'an event is a move: direction:deviations:bars, for example up:12:30 (either:12:30)')
    .option('--when <expression>', 'an event is where an expression over bars begins to hold')
    .option('--events <file>', 'events of a table with the columns symbol and time')
    .option(
      '--horizon <bars>',
      'bars after an alert in which an event makes it a success, and in which a label is decided',
      numberOption('--horizon', { min: 1, integer: true }),
      horizonRows,
    )
    .option(
      '--barriers <deviations>',
      'height of the gain and the loss barrier',
      numberOption('--barriers', { above: 0 }),
      barriers.up,
    )
    .option(
      '--gap <bars>',
      'bars between a window and its event',
      numberOption('--gap', { min: 0, integer: true }),
      gapRows,
    )
    .option(
      '--references <n>',
      'ordinary moments an event',
      numberOption('--references', { min: 0, integer: true }),
      references,
    )
    .option(
      '--discovery <share>',
      'share of the days to discover on',
      numberOption('--discovery', { above: 0, max: 0.95 }),
      split.discovery,
    )
    .option(
      '--calibration <share>',
      'share of those that fixes thresholds',
      numberOption('--calibration', { above: 0, max: 0.9 }),
      split.calibration,
    )
    .option(
      '--embargo <days>',
      'days left out after discovery',
      numberOption('--embargo', { min: 0, integer: true }),
      split.embargoDays,
    )
    .option('--seed <n>', 'of the references', numberOption('--seed', { min: 0, integer: true }), seed);
  examples(
    command,
    'sigma dataset build --features precursors.features.json --data planted',
    'sigma dataset build --features precursors.features.json --data bars.parquet --when "roc(close, 5) > 0.01" --name jumps',
  );
  act<Flags>(command, async (io, flags) => {
    const { buildDataset, readEvents, readFeatureSpec } = await import('../../../lib/lab/index.ts');
    const { rangeOf } = await import('../../../lib/runs/index.ts');
    const { datasetText } = await import('../../render/research.ts');
    const features = await readFeatureSpec(flags.features);
    const built = await buildDataset(
      {
        name: flags.name ?? features.name,
        features,
        data: {
          data: flags.data,
          range: rangeOf(flags),
          ...(flags.symbols === undefined ? {} : { symbols: flags.symbols }),
        },
        terms: await termsOf(flags),
        ...(flags.events === undefined ? {} : { given: await readEvents(flags.events) }),
      },
      await labContext(io, flags, 'sigma dataset build'),
    );
    io.document('sigma.dataset-built/1', built);
    io.print(datasetText(built));
  });
}

async function termsOf(flags: Flags): Promise<DatasetTerms> {
  const { horizon: horizonRows, barriers, gap: gapRows, references, seed } = flags;
  return {
    rule: await ruleOf(flags),
    horizonRows,
    barriers: { up: barriers, down: barriers },
    gapRows,
    references,
    split: { discovery: flags.discovery, embargoDays: flags.embargo, calibration: flags.calibration },
    seed,
  };
}

async function ruleOf({ move, when, events, horizon }: Flags): Promise<EventRule> {
  const { parseCondition, parseMove } = await import('../../../lib/lab/index.ts');
  const asked = [move, when, events].filter((rule) => rule !== undefined);
  if (asked.length > 1)
    throw new SigmaError('usage/bad-option', 'events are said in two ways', {
      where: 'sigma dataset build',
      hint: 'give one of --move, --when and --events',
    });
  if (when !== undefined) return parseCondition(when);
  if (events !== undefined) return { kind: 'given', name: basename(events) };
  return move === undefined ? { ...datasetDefaults.rule, withinRows: horizon } : parseMove(move);
}
