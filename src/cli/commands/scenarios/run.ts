/** `sigma scenarios run`: strategies through scenarios, against what is expected and what came out before. */
import type { Command } from 'commander';
import { exitCodes } from '../../../lib/core/index.ts';
import { interruption } from '../../interrupt.ts';
import { act, examples } from '../../io.ts';
import { progressLine } from '../../render/progress.ts';
import { casesTable, findingLines, scenariosDocument, verdict } from '../../render/scenarios.ts';
import { wire } from '../../wire.ts';

type Flags = {
  readonly folder?: string;
  readonly update?: true;
  readonly speed: boolean;
  readonly gateSpeed?: true;
};

export function scenariosRunCommand(command: Command): void {
  command
    .argument('[scenario...]', 'names; all when left out')
    .option('--folder <dir>', 'where the scenarios and their baseline.json are (./scenarios, or the shipped ones)')
    .option('--update', 'accept the results as the new baseline')
    .option('--no-speed', 'leave out the measurement of speed')
    .option('--gate-speed', 'a run of less than half the speed of the baseline is a regression, not only a warning');
  examples(
    command,
    'sigma scenarios run',
    'sigma scenarios run flash-crash gap-open --json',
    'sigma scenarios run --update',
  );
  act<Flags>(command, async (io, flags, names) => {
    const { runScenarios } = await import('../../../lib/scenarios/index.ts');
    const workspace = wire(flags);
    const progress = progressLine(io, { verb: 'scenarios', unit: 'cases' });
    const markets = await workspace.markets();
    const result = await interruption.during(() =>
      runScenarios({
        markets,
        plugins: workspace.plugins,
        names,
        update: flags.update === true,
        speed: flags.speed,
        gateSpeed: flags.gateSpeed === true,
        signal: interruption.signal,
        onProgress: (done, total, name) => progress.update(done, total, name),
        ...(flags.folder === undefined ? {} : { folder: flags.folder }),
      }),
    );
    progress.end();
    io.document('sigma.scenario-results/1', scenariosDocument(result));
    io.print(casesTable(result, io.width));
    const findings = findingLines(result);
    if (findings.length > 0) io.print(`\n${findings.join('\n')}`);
    io.print(`\n${verdict(result)}`);
    if (result.regressions > 0) process.exitCode = exitCodes.gate;
  });
}
