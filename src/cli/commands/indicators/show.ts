/** `sigma indicators show`: one indicator with formula, units and source. */
import type { Command } from 'commander';
import { didYouMean, SigmaError } from '../../../lib/core/index.ts';
import { act, examples } from '../../io.ts';
import { pairs } from '../../render/pairs.ts';

export function indicatorsShowCommand(command: Command): void {
  command.argument('<name>', 'name of the indicator');
  examples(command, 'sigma indicators show rsi');
  act(command, async (io, _flags, [name = '']) => {
    const { indicatorCatalog } = await import('../../../lib/indicators/index.ts');
    const entry = indicatorCatalog.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (entry === undefined) {
      const near = didYouMean(
        name,
        indicatorCatalog.map((one) => one.name),
      );
      throw new SigmaError('usage/bad-option', `there is no indicator '${name}'`, {
        hint: near || 'see sigma indicators list',
      });
    }
    const outputs = Object.entries(entry.example).map(([output, expression]) => ({
      output,
      warmup: expression.warmup,
      expression: expression.key,
    }));
    const { group, title, usage, formula, source, units } = entry;
    io.document('sigma.indicator/1', { name: entry.name, group, title, usage, formula, source, units, outputs });
    io.print(
      pairs([
        [entry.name, title],
        ['usage', usage],
        ['formula', formula],
        ['units', units],
        ['source', source],
        ...outputs.map(
          ({ output, warmup, expression }) => [output, `${expression}, first value after ${warmup} bars`] as const,
        ),
      ]),
    );
  });
}
