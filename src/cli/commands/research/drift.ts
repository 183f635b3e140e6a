/** `sigma drift`: whether what a precursor promised still holds on later days. */
import type { Command } from 'commander';
import { exitCodes } from '../../../lib/core/index.ts';
import { act, examples } from '../../io.ts';
import { labContext } from '../../lab-context.ts';
import { NAME_DIGITS } from '../../render/artifact.ts';

type Flags = {
  readonly data?: string;
  readonly from?: string;
  readonly to?: string;
  readonly events?: string;
  readonly demote?: true;
  readonly out?: string;
};

export function driftCommand(command: Command): void {
  command
    .argument('<precursor>', 'name@alias, or a hash')
    .option('-d, --data <name|file>', 'data to look at (those it was made from)')
    .option('--from <date>', 'first day (the day after its validation)')
    .option('--to <date>', 'last day, inclusive')
    .option('--events <file>', 'events of those days, where they were dated by hand')
    .option('-o, --out <file>', 'write a page of it (HTML)')
    .option('--demote', 'on alarm roll the alias back to what it stood at before');
  examples(
    command,
    'sigma drift precursors@production --out drift.html',
    'sigma drift precursors@production --data recent --demote',
  );
  act<Flags>(command, async (io, flags, [precursor = '']) => {
    const { dayRange, demote, measureDrift, readEvents, requireAlias } = await import('../../../lib/lab/index.ts');
    const context = await labContext(io, flags, 'sigma drift');
    if (flags.demote === true) await requireAlias(context.store, precursor);
    const drift = await measureDrift(
      {
        precursor,
        ...(flags.data === undefined ? {} : { data: flags.data }),
        ...(flags.from === undefined && flags.to === undefined ? {} : { days: dayRange(flags) }),
        ...(flags.events === undefined ? {} : { given: await readEvents(flags.events) }),
      },
      context,
    );
    const { driftText } = await import('../../render/research.ts');
    io.print(driftText(drift, io.width));
    const moved =
      drift.report.demote && flags.demote === true ? await demote(drift, precursor, context.store) : undefined;
    const demoted = moved === undefined ? undefined : { from: moved.from, to: moved.to };
    io.document('sigma.drift/1', { ...drift, ...(flags.demote === true ? { demoted: demoted ?? null } : {}) });
    if (demoted !== undefined) io.print(`${precursor} is ${demoted.to.slice(0, NAME_DIGITS)} again`);
    if (flags.out !== undefined) {
      const { writeDriftReport } = await import('../../render/write-research-report.ts');
      io.print(`wrote ${await writeDriftReport(drift, flags.out)}`);
    }
    if (!drift.report.demote) return;
    if (flags.demote === true && demoted === undefined)
      io.say(`${precursor} has nothing to go back to: stop the strategy that loads it, or promote another`);
    process.exitCode = exitCodes.gate;
  });
}
