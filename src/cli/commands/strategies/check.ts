/** `sigma strategies check`: types, look-ahead and warm-up dependence of a strategy. */
import type { Command } from 'commander';
import { SigmaError } from '../../../lib/core/index.ts';
import type { LookAhead, WarmupDependence } from '../../../lib/runs/index.ts';
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
    for (const found of check.lookAhead) io.print(findingText(found));
    if (check.warmup.length > 0) io.print(`${warmupTable(check.warmup, io.width)}\n`);
    if (types.problems.length > 0)
      throw new SigmaError('strategy/load-failed', `${types.problems.length} type errors`, { where: strategy });
    const [first] = [...check.lookAhead, ...check.unrepeatable];
    if (first !== undefined) {
      throw new SigmaError('strategy/look-ahead', findingText(first), {
        where: strategy,
        hint: 'it reads the future, or keeps state outside its signals and handlers between runs',
      });
    }
    io.print(
      `${strategy}: ${check.cuts} truncated replays gave the same signals, orders and equity; no look-ahead found`,
    );
  });
}

function findingText({ column, symbol, time, cut, whole, truncated }: LookAhead): string {
  return cut === 'never'
    ? `${column} of ${symbol} at ${time} was ${whole} in one run and ${truncated} in the next over the same bars`
    : `${column} of ${symbol} at ${time} was ${whole} with all bars and ${truncated} without those from ${cut} on`;
}

function warmupTable(warmup: readonly WarmupDependence[], width: number): string {
  const settled = (bars: number): string => (Number.isFinite(bars) ? String(bars) : 'never');
  return table(
    warmup,
    [
      { title: 'signal', text: (one) => one.signal, shrink: true },
      { title: 'warm-up', text: (one) => String(one.warmup), right: true },
      { title: 'start forgotten after', text: (one) => settled(one.settledAfter), right: true },
      {
        title: 'largest difference',
        text: (one) => (one.largest === 0 ? 'exact' : one.largest.toExponential(1)),
        right: true,
      },
    ],
    width,
  );
}
