/** `sigma data resample`: longer bars from shorter ones, as a data set of their own. */
import type { Command } from 'commander';
import { type Bars, parseTimeframe } from '../../../lib/model/index.ts';
import { act, examples } from '../../io.ts';
import { wire } from '../../wire.ts';

type Flags = {
  readonly name?: string;
  readonly timeZone?: string;
  readonly calendar?: string;
  readonly partial?: true;
  readonly replace?: true;
};

export function dataResampleCommand(command: Command): void {
  command
    .argument('<name>', 'data set, file or directory')
    .argument('<timeframe>', '4h, 1d, 1w, 1M, …')
    .option('--name <name>', 'name of the new data set (<name>-<timeframe>)')
    .option('--time-zone <zone>', 'IANA zone whose midnights bound days (UTC)')
    .option('--calendar <name>', "calendar whose sessions bound days (the data set's)")
    .option('--partial', 'keep a last bar that is not complete')
    .option('--replace', 'replace a data set of that name');
  examples(command, 'sigma data resample synthetic-crypto 1d', 'sigma data resample us-equities 1M --name us-monthly');
  act<Flags>(command, async (io, flags, [name = '', text = '']) => {
    const timeframe = parseTimeframe(text, 'timeframe');
    const { datasetActions, lengthened, openDataset, resampleBars, saveDataset } = await import(
      '../../../lib/data/index.ts'
    );
    const catalog = await wire(flags).catalog();
    const { meta, read, location } = await openDataset(name, catalog);
    const calendar = flags.calendar ?? (meta.sessions === '24/7' ? undefined : meta.sessions);
    const lengthen = (one: Bars): Bars =>
      resampleBars(one, timeframe, {
        partial: flags.partial === true ? 'keep' : 'drop',
        ...(flags.timeZone === undefined ? {} : { timeZone: flags.timeZone }),
        ...(calendar === undefined ? {} : { calendar }),
      });
    const own = await datasetActions(location);
    const { bars, actions } = lengthened(await read(), lengthen, own.stored ? own.actions : []);
    const { timeframe: _, periodsPerYear: __, script: ___, ...kept } = meta;
    const dataset = await saveDataset(
      { ...kept, name: flags.name ?? `${meta.name}-${timeframe}`, title: `${meta.title}, resampled to ${timeframe}` },
      bars,
      { ...catalog, replace: flags.replace === true, ...(actions.length === 0 ? {} : { actions }) },
    );
    io.document('sigma.dataset/1', { ...dataset.meta, location: dataset.location });
    io.print(
      `stored ${dataset.meta.name}: ${dataset.meta.rows} bars of ${timeframe} from ${meta.rows} of ${meta.timeframe}`,
    );
  });
}
