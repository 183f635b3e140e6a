/** The rows of a block that are the window: columns are brought into its memory as far as somebody looks at them. */
import type { Block } from '../model/index.ts';
import { windowMemory } from './window-memory.ts';

export const windowColumns = ['at', 'open', 'high', 'low', 'close', 'volume'] as const;
export type WindowColumn = (typeof windowColumns)[number];

export class WindowColumns {
  private readonly brought = new Set<WindowColumn>();
  private block!: Block;
  private from = 0;
  private to = 0;

  /** Turns to rows [from, to) of a block: none of its columns is there yet. */
  enter(block: Block, from: number, to: number): void {
    this.block = block;
    this.from = from;
    this.to = to;
    this.brought.clear();
  }

  bring(names: readonly WindowColumn[]): void {
    const { block, from, to, brought } = this;
    const { bars } = windowMemory();
    for (const name of names) {
      if (brought.has(name)) continue;
      bars[name].set(block[name].subarray(from, to));
      brought.add(name);
    }
  }
}
