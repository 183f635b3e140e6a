/** `sigma completion zsh`. */
import type { Command } from 'commander';
import { examples } from '../../io.ts';

export function zshCompletionCommand(command: Command): void {
  examples(command, 'sigma completion zsh >> ~/.zshrc');
  command.action(async () => {
    const [{ createProgram }, { completionScript }] = await Promise.all([
      import('../../program.ts'),
      import('../../completion-script.ts'),
    ]);
    process.stdout.write(completionScript(await createProgram('all'), 'zsh'));
  });
}
