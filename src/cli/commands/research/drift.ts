/** `sigma drift`: whether what a precursor promised still holds on later days. */
import type { Command } from 'commander';
import { exitCodes, SigmaError } from '../../../lib/core/index.ts';
import { act, examples, type Io } from '../../io.ts';
import { labContext } from '../../options/research-flags.ts';
import { wire } from '../../wire.ts';

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
    .option('--to <date>', 'end, not included')
    .option('--events <file>', 'events of those days, where they were dated by hand')
    .option('-o, --out <file>', 'write a page of it (HTML)')
    .option('--demote', 'on alarm roll the alias back to what it stood at before');
  examples(
    command,
    'sigma drift precursors@production --out drift.html',
    'sigma drift precursors@production --data recent --demote',
  );
  act<Flags>(command, async (io, flags, [precursor = '']) => {
    const { dayRange, measureDrift, readEvents } = await import('../../../lib/lab/index.ts');
    const drift = await measureDrift(
      {
        precursor,
        ...(flags.data === undefined ? {} : { data: flags.data }),
        ...(flags.from === undefined && flags.to === undefined ? {} : { days: dayRange(flags) }),
        ...(flags.events === undefined ? {} : { given: await readEvents(flags.events) }),
      },
      await labContext(io, flags, 'sigma drift'),
    );
    const { driftText } = await import('../../render/research.ts');
    io.document('sigma.drift/1', drift);
    io.print(driftText(drift, io.width));
    if (flags.out !== undefined) {
      const { writeDriftReport } = await import('../../render/write-research-report.ts');
      io.print(`wrote ${await writeDriftReport(drift, flags.out)}`);
    }
    if (!drift.report.demote) return;
    if (flags.demote === true) await demote(io, flags, precursor);
    process.exitCode = exitCodes.gate;
  });
}

async function demote(io: Io, flags: Parameters<typeof wire>[0], reference: string): Promise<void> {
  const { before, standing } = await import('../../../lib/registry/index.ts');
  const store = await wire(flags).registry();
  const alias = (await store.aliases()).find((one) => `${one.name}@${one.alias}` === reference);
  const hash = alias === undefined ? undefined : before(alias);
  if (alias === undefined || hash === undefined)
    throw new SigmaError('usage/unknown-artifact', 'there is nothing to go back to', {
      where: reference,
      hint: 'name an alias that was promoted more than once, or stop the strategy that loads it',
    });
  await store.move({ hash, alias: alias.alias, action: 'rollback', note: 'sigma drift', expected: standing(alias) });
  io.print(`${reference} is ${hash.slice(0, 12)} again`);
}
