/** `sigma strategies show`: a strategy's parameters, ranges and file. */
import type { Command } from 'commander';
import type { ParamSpec } from '../../../lib/strategy/index.ts';
import { act, examples } from '../../io.ts';
import { pairs } from '../../render/pairs.ts';
import { table } from '../../render/table.ts';
import { wire } from '../../wire.ts';

export function strategiesShowCommand(command: Command): void {
  command.argument('<strategy>', 'name or file');
  examples(command, 'sigma strategies show momentum', 'sigma strategies show ./my-strategy.ts --json');
  act(command, async (io, flags, [name = '']) => {
    const [{ loadStrategy }, { paramsJsonSchema }] = await Promise.all([
      import('../../../lib/plugins/index.ts'),
      import('../../../lib/strategy/index.ts'),
    ]);
    const { strategy, file, codeHash } = await loadStrategy(name, wire(flags).plugins);
    const params = Object.entries(strategy.params ?? {});
    const kind = strategy.target === undefined ? 'handlers' : 'target';
    io.document('sigma.strategy/1', {
      name: strategy.name,
      description: strategy.description ?? '',
      file,
      codeHash,
      kind,
      rebalance: strategy.rebalance ?? 'change',
      allocation: strategy.allocation ?? 'slots',
      params: strategy.params ?? {},
      paramsSchema: paramsJsonSchema(strategy),
    });
    io.print(`${strategy.name}${strategy.description === undefined ? '' : `: ${strategy.description}`}\n`);
    io.print(
      pairs([
        ['file', file],
        ['code', codeHash.slice(0, 12)],
        ['decides by', kind],
        ['rebalance', strategy.rebalance ?? 'change'],
        ['allocation', strategy.allocation ?? 'slots'],
      ]),
    );
    if (params.length === 0) return io.print('\nno parameters');
    const columns = [
      { title: 'parameter', text: ([key]: readonly [string, ParamSpec]) => key },
      { title: 'default', text: ([, spec]: readonly [string, ParamSpec]) => String(spec.default), right: true },
      { title: 'values', text: ([, spec]: readonly [string, ParamSpec]) => valuesText(spec) },
      { title: 'meaning', text: ([, spec]: readonly [string, ParamSpec]) => spec.description ?? '', shrink: true },
    ];
    io.print(`\n${table(params, columns, io.width)}`);
  });
}

function valuesText(spec: ParamSpec): string {
  switch (spec.type) {
    case 'number':
    case 'integer':
      return `${spec.type} ${spec.min} to ${spec.max}`;
    case 'choice':
      return spec.options.join(', ');
    case 'boolean':
      return 'true, false';
    default:
      return 'text';
  }
}
