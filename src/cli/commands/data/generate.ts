/** `sigma data generate`. */
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';

export function dataGenerateCommand(command: Command): void {
  examples(command, 'sigma data generate');
  act(command, () => undefined);
}
