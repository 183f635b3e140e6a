/** `sigma replay`: a journal's events into a fresh engine must give the same decisions. */
import type { Command } from 'commander';
import { SigmaError } from '../../lib/core/index.ts';
import { act, examples } from '../io.ts';
import { pairs } from '../render/pairs.ts';

export function replayCommand(command: Command): void {
  command.argument('<journal>', 'file written by sigma backtest --journal, or by a session');
  examples(
    command,
    'sigma backtest --strategy momentum --from 2021-01-01 --journal session.jsonl',
    'sigma replay session.jsonl',
  );
  act(command, async (io, _flags, [path = '']) => {
    const { replayFile } = await import('../../lib/runs/index.ts');
    const { strategy, params, entries, result, equal } = await replayFile(path);
    const { orders, fills, trades, totals } = result;
    if (equal === false)
      throw new SigmaError('store/differs', 'the replay made the same commands but another result', { where: path });
    io.document('sigma.replay/1', {
      strategy,
      params,
      entries,
      equal: equal ?? null,
      orders: orders.length,
      fills: fills.length,
      trades: trades.length,
      totals,
    });
    io.print(
      pairs([
        ['strategy', strategy],
        ['entries', String(entries)],
        ['orders', String(orders.length)],
        ['fills', String(fills.length)],
        ['trades', String(trades.length)],
        ['final equity', totals.final.toFixed(2)],
      ]),
    );
    io.print(
      equal === undefined
        ? 'same commands; the journal has no end to compare the result with'
        : 'same commands, orders, fills and equity, to the byte',
    );
  });
}
