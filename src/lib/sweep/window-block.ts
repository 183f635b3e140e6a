/** The rows of a block that are the window, as a block of their own: columns are brought into the window's memory as far as somebody looks at them. */
import type { Block } from '../model/index.ts';
import { windowMemory } from './window-memory.ts';

export const windowColumns = ['at', 'open', 'high', 'low', 'close', 'volume'] as const;
export type WindowColumn = (typeof windowColumns)[number];

/** Of one instrument. Columns may be longer than the block. */
export class WindowBlock implements Block {
  rows = 0;
  readonly starts = new Int32Array(2);
  private readonly brought = new Set<WindowColumn>();
  private block!: Block;
  private from = 0;
  private readonly bars = windowMemory().bars;

  /** Turns to rows [from, to) of a block: none of its columns is there yet. */
  enter(block: Block, from: number, to: number): void {
    this.block = block;
    this.from = from;
    this.rows = to - from;
    this.starts[1] = this.rows;
    this.brought.clear();
  }

  bring(names: readonly WindowColumn[]): void {
    for (const name of names) this.brings(name);
  }

  /** Of one instrument, rows stand in their order from any of them on. */
  get instrument(): Int32Array {
    return this.block.instrument;
  }
  get order(): Int32Array {
    return this.block.order;
  }
  get time(): Float64Array {
    return this.block.time.subarray(this.from, this.from + this.rows);
  }
  get at(): Float64Array {
    return this.block.at.subarray(this.from, this.from + this.rows);
  }
  get open(): Float64Array {
    return this.brings('open');
  }
  get high(): Float64Array {
    return this.brings('high');
  }
  get low(): Float64Array {
    return this.brings('low');
  }
  get close(): Float64Array {
    return this.brings('close');
  }
  get volume(): Float64Array {
    return this.brings('volume');
  }

  private brings(name: WindowColumn): Float64Array {
    const column = this.bars[name];
    if (this.brought.has(name)) return column;
    column.set(this.block[name].subarray(this.from, this.from + this.rows));
    this.brought.add(name);
    return column;
  }
}
