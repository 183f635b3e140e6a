/** `sigma data resample`. */
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';

export function dataResampleCommand(command: Command): void {
  examples(command, 'sigma data resample');
  act(command, () => undefined);
}
