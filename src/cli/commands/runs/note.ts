/** `sigma runs note`: a remark that stays with a run. */
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';
import { storedRun } from '../../stored-run.ts';
import { wire } from '../../wire.ts';

export function runsNoteCommand(command: Command): void {
  command.argument('<run>', 'id, start of an id, or latest').argument('<text...>', 'the note');
  examples(command, 'sigma runs note latest "before fees were raised"');
  act(command, async (io, flags, [reference = '', ...words]) => {
    const store = await wire(flags).runs();
    const { id } = await storedRun(store, reference);
    await store.annotate(id, words.join(' '));
    io.print(`noted on run ${id}`);
    io.document('sigma.note/1', { id, note: words.join(' ') });
  });
}
