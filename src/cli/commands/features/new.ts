/** `sigma features new`: a feature specification that fits a data set, to start from. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';
import { wire } from '../../wire.ts';

type Flags = { readonly data: string; readonly dir: string };

export function featuresNewCommand(command: Command): void {
  command
    .argument('<name>', 'name of the specification and of its file')
    .requiredOption('-d, --data <name|file>', 'bars that it is for')
    .option('--dir <folder>', 'where to write it', '.');
  examples(command, 'sigma features new precursors --data planted');
  act<Flags>(command, async (io, flags, [name = '']) => {
    const { featureSpecFor, writeFeatureSpec } = await import('../../../lib/lab/index.ts');
    const market = await (await wire(flags).markets()).open(flags.data);
    const { from, symbols } = market.info;
    const [first] = await market.read({ symbols: symbols.slice(0, 1), from, to: Number.POSITIVE_INFINITY });
    const hasVolume = first?.volume.some((volume) => volume > 0) ?? false;
    const spec = featureSpecFor(market, name, hasVolume);
    const file = join(flags.dir, `${name}.features.json`);
    await writeFeatureSpec(file, spec);
    io.document('sigma.created/1', { file });
    io.print(
      `wrote ${file}: ${spec.channels.map((channel) => channel.name).join(', ')}\nnext: sigma dataset build --features ${file} --data ${flags.data}`,
    );
  });
}
