/** `sigma completion bash`. */
import type { Command } from 'commander';
import { examples } from '../../io.ts';

export function bashCompletionCommand(command: Command): void {
  examples(command, 'sigma completion bash >> ~/.bashrc');
  command.action(async () => {
    const [{ createProgram }, { completionScript }] = await Promise.all([
      import('../../program.ts'),
      import('../../completion-script.ts'),
    ]);
    process.stdout.write(completionScript(await createProgram('all'), 'bash'));
  });
}
