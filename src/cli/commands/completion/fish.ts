/** `sigma completion fish`. */
import type { Command } from 'commander';
import { examples } from '../../io.ts';

export function fishCompletionCommand(command: Command): void {
  examples(command, 'sigma completion fish > ~/.config/fish/completions/sigma.fish');
  command.action(async () => {
    const [{ createProgram }, { completionScript }] = await Promise.all([
      import('../../program.ts'),
      import('../../completion-script.ts'),
    ]);
    process.stdout.write(completionScript(await createProgram('all'), 'fish'));
  });
}
