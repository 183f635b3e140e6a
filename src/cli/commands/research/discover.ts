/** `sigma discover`: what recurs in a data set of the research, without a look at its events. */
import type { Command } from 'commander';
import { discoveryDefaults } from '../../../lib/lab/terms.ts';
import { act, examples } from '../../io.ts';
import { labContext } from '../../lab-context.ts';
import { choiceOption, numberOption } from '../../options/numbers.ts';

type Flags = {
  readonly minCluster: number;
  readonly minSamples: number;
  readonly selection: 'leaf' | 'eom';
  readonly kMeans?: number;
  readonly seed: number;
};

export function discoverCommand(command: Command): void {
  command
    .argument('<dataset>', 'name, name@alias or hash')
    .option(
      '--min-cluster <n>',
      'fewest members of a cluster',
      numberOption('--min-cluster', { min: 2, integer: true }),
      discoveryDefaults.minCluster,
    )
    .option(
      '--min-samples <n>',
      'neighbours that make a place dense',
      numberOption('--min-samples', { min: 1, integer: true }),
      discoveryDefaults.minSamples,
    )
    .option(
      '--selection <how>',
      'leaf keeps the finest clusters apart, eom joins them',
      choiceOption('--selection', ['leaf', 'eom']),
      discoveryDefaults.selection,
    )
    .option(
      '--k-means <clusters>',
      'so many round clusters instead, to which every candidate belongs',
      numberOption('--k-means', { min: 2, integer: true }),
    )
    .option('--seed <n>', 'of the start of k-means', numberOption('--seed', { min: 0, integer: true }), 1);
  examples(command, 'sigma discover precursors', 'sigma discover precursors --min-cluster 20 --selection eom');
  act<Flags>(command, async (io, flags, [dataset = '']) => {
    const { makeDiscovery } = await import('../../../lib/lab/index.ts');
    const { minCluster, minSamples, selection, kMeans: clusters, seed } = flags;
    const made = await makeDiscovery(
      {
        dataset,
        terms: { minCluster, minSamples, selection, ...(clusters === undefined ? {} : { kMeans: { clusters, seed } }) },
      },
      await labContext(io, flags, 'sigma discover'),
    );
    const { discoveryText } = await import('../../render/research.ts');
    io.document('sigma.discovery-made/1', made);
    io.print(discoveryText(made, io.width));
  });
}
