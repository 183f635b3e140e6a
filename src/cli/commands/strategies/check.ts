/** `sigma strategies check`: types, look-ahead and warm-up dependence of a strategy. */
import type { Command } from 'commander';
import { SigmaError } from '../../../lib/core/index.ts';
import { addCheckFlags, type CheckFlags, checkedStrategy } from '../../check-strategy.ts';
import { act, examples } from '../../io.ts';
import { table } from '../../render/table.ts';
import { wire } from '../../wire.ts';

export function strategiesCheckCommand(command: Command): void {
  addCheckFlags(command.argument('<strategy>', 'name or file'));
  examples(
    command,
    'sigma strategies check momentum',
    'sigma strategies check ./my-strategy.ts --data us-bars --cuts 30',
  );
  act<CheckFlags>(command, async (io, flags, [name = '']) => {
    const { check, types, strategy } = await checkedStrategy(wire(flags), name, flags);
    io.document('sigma.strategy-check/1', { strategy, types, ...check });
    for (const problem of types.problems)
      io.print(`${problem.file}:${problem.line}:${problem.column}: ${problem.message}`);
    if (!types.checked) io.say('types were not checked: TypeScript is not installed');
    for (const { cut, found } of check.lookAhead) io.print(`cut at ${cut}: ${found}`);
    if (check.warmup.length > 0) {
      const percent = (relative: number): string => (relative === 0 ? 'exact' : `${(relative * 100).toPrecision(2)}%`);
      const lines = check.warmup.map((one) => ({
        ...one,
        text: one.differences.map((d) => `${percent(d.relative)} after ${d.bars}`).join(', '),
      }));
      io.print(
        `${table(
          lines,
          [
            { title: 'signal', text: (line) => line.signal },
            { title: 'warm-up', text: (line) => String(line.warmup), right: true },
            {
              title: 'difference to the full history after so many bars',
              text: (line) => line.text || 'history too short',
              shrink: true,
            },
          ],
          io.width,
        )}\n`,
      );
    }
    if (types.problems.length > 0)
      throw new SigmaError('strategy/load-failed', `${types.problems.length} type errors`, { where: strategy });
    if (check.lookAhead.length > 0) {
      throw new SigmaError(
        'strategy/look-ahead',
        `${check.lookAhead.length} of ${check.cuts} truncated replays decided otherwise`,
        {
          where: strategy,
          hint: 'it reads the future, or keeps state outside its signals and handlers between runs',
        },
      );
    }
    io.print(`${strategy}: ${check.cuts} truncated replays gave the same decisions; no look-ahead found`);
  });
}
