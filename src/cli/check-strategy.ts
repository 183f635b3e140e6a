/** What `sigma strategies check` looks at: a strategy, its types, and replays over some data. */
import type { Command } from 'commander';
import { listOption, numberOption } from './options/numbers.ts';
import { collectParameter } from './options/parameters.ts';
import type { Workspace } from './wire.ts';

export type CheckFlags = {
  readonly data?: string;
  readonly symbols?: readonly string[];
  readonly param?: Readonly<Record<string, string>>;
  readonly cuts: number;
};

export function addCheckFlags(command: Command): Command {
  return command
    .option('-d, --data <name|file>', 'data to replay (us-equities)')
    .option('--symbols <list>', 'instruments, comma-separated (all)', listOption)
    .option('-p, --param <name=value>', "a strategy's parameter; repeatable", collectParameter)
    .option(
      '--cuts <n>',
      'how many truncated replays',
      numberOption('--cuts', { min: 1, max: 1000, integer: true }),
      5,
    );
}

export async function checkedStrategy(workspace: Workspace, name: string, flags: CheckFlags) {
  const [{ artifactsFor, checkStrategy, configOf }, plugins, { resolveParams }, markets] = await Promise.all([
    import('../lib/runs/index.ts'),
    import('../lib/plugins/index.ts'),
    import('../lib/strategy/index.ts'),
    workspace.markets(),
  ]);
  const { strategy, file } = await plugins.loadStrategy(name, workspace.plugins);
  const params = resolveParams(strategy, flags.param);
  const artifacts = await artifactsFor(strategy, [params], await workspace.artifactSource());
  const market = await markets.open(flags.data ?? 'us-equities');
  const all = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const bars = await market.read({ ...all, ...(flags.symbols === undefined ? {} : { symbols: flags.symbols }) });
  const config = configOf(
    { account: { currency: bars[0]?.instrument.currency ?? 'USD' } },
    market.info.periodsPerYear,
    Number.NEGATIVE_INFINITY,
  );
  return {
    strategy: strategy.name,
    types: await plugins.checkTypes(file),
    check: checkStrategy({ strategy, params, artifacts, bars, config }, flags.cuts),
  };
}
