/** `sigma allocate`: weights over runs or instruments, walk-forward. */
import type { Command } from 'commander';
import { SigmaError } from '../../lib/core/index.ts';
import type { ReturnSeries } from '../../lib/runs/index.ts';
import { act, type CommonFlags, examples } from '../io.ts';
import { type AllocationFlags, addAllocationFlags, walkForwardOptions } from '../options/allocation-flags.ts';
import { listOption } from '../options/numbers.ts';
import { storedRun } from '../stored-run.ts';
import { wire } from '../wire.ts';

type Flags = AllocationFlags & {
  readonly data?: string;
  readonly symbols?: readonly string[];
  readonly from?: string;
  readonly to?: string;
};

export function allocateCommand(command: Command): void {
  command
    .argument('[run...]', 'two or more: ids, starts of ids, or latest')
    .option('-d, --data <name|file>', 'instruments of a data set instead of runs')
    .option('--symbols <list>', 'only these instruments, separated by commas', listOption)
    .option('--from <date>', 'first bar of the data')
    .option('--to <date>', 'last day, inclusive');
  addAllocationFlags(command);
  examples(
    command,
    'sigma allocate 4f2a 9c01 b7d3 --method hierarchical',
    'sigma allocate --data us-equities --symbols AAPL,MSFT,XOM,JPM --method min-variance --max-weight 0.5',
  );
  act<Flags>(command, async (io, flags, references) => {
    const series = await seriesOf(flags, references);
    const { studyAllocation } = await import('../../lib/runs/index.ts');
    const study = studyAllocation(series, walkForwardOptions(flags));
    const { allocationDocument, renderAllocation } = await import('../render/allocation.ts');
    io.print(renderAllocation(study, { width: io.width, color: io.color }));
    io.document('sigma.allocation/1', allocationDocument(study));
  });
}

async function seriesOf(flags: Flags & CommonFlags, references: readonly string[]): Promise<ReturnSeries> {
  const { returnsOfMarket, returnsOfRuns } = await import('../../lib/runs/index.ts');
  const { data, symbols, from, to } = flags;
  if ((data === undefined) === (references.length === 0))
    throw new SigmaError('usage/bad-option', data === undefined ? 'nothing was named' : 'runs and --data were named', {
      where: 'sigma allocate',
      hint: 'name two or more runs, or --data with --symbols',
    });
  if (data === undefined) {
    const store = await wire(flags).runs();
    return returnsOfRuns(await Promise.all(references.map((reference) => storedRun(store, reference))));
  }
  const market = await (await wire(flags).markets()).open(data);
  return returnsOfMarket(market, {
    ...(symbols === undefined ? {} : { symbols }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  });
}
