/** `sigma backtest`: a strategy over historical data. */
import type { Command } from 'commander';
import { SigmaError } from '../../lib/core/index.ts';
import { act, examples } from '../io.ts';
import { addRunFlags } from '../options/run-flags.ts';
import { type RunFlags, runOptions } from '../options/run-options.ts';

type Flags = RunFlags & {
  readonly strategy?: string;
  readonly store: boolean;
  readonly out?: string;
  readonly journal?: string;
};

export function backtestCommand(command: Command): void {
  command.option('-s, --strategy <name|file>', 'name of a strategy, or a .ts or .js file');
  addRunFlags(command)
    .option('--journal <file>', 'write every event and command to this new file, for sigma replay')
    .option('--no-store', 'do not keep the run')
    .option('-o, --out <file.html>', 'also write the HTML report here');
  examples(
    command,
    'sigma backtest --strategy momentum --from 2021-01-01',
    'sigma backtest -s momentum -p lookback=60 --data sp500 --fees bps:10 --sizing volatility:20,0.1',
    'sigma backtest -s ./my-strategy.ts --data prices.csv --max-drawdown 0.2:stop --json',
  );
  act<Flags>(command, async (io, flags) => {
    const { strategy } = flags;
    if (strategy === undefined)
      throw new SigmaError('usage/bad-option', 'no strategy was named', {
        where: '--strategy',
        hint: 'for example --strategy momentum; see sigma strategies list',
      });
    const [{ wire }, { makeRun }, { madeRunDocument }] = await Promise.all([
      import('../wire.ts'),
      import('../make-run.ts'),
      import('../render/run.ts'),
    ]);
    const run = await makeRun(io, wire(flags), strategy, runOptions(flags), flags);
    if (flags.out !== undefined)
      await (await import('../render/write-report.ts')).writeReport(run.view, flags.out, 'html');
    const { renderTerminal } = await import('../../lib/report/index.ts');
    io.print(renderTerminal(run.view, { width: io.width, color: io.color }));
    io.document('sigma.run/1', madeRunDocument(run));
  });
}
