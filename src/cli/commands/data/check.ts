/** `sigma data check`. */
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';

export function dataCheckCommand(command: Command): void {
  examples(command, 'sigma data check');
  act(command, () => undefined);
}
