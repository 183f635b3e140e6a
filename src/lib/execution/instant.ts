/** The instant that is being traded: its rows, how far it is, and what time it is at the venue. */
import { type Block, timeAt } from '../model/index.ts';
import type { Scene } from './matching.ts';

export type Phase = 'closed' | 'opening' | 'walking';

export class Instant {
  phase: Phase = 'closed';
  /** Counts instants, so that an order can remember one. */
  number = 0;
  now = Number.NEGATIVE_INFINITY;
  from = 0;
  to = 0;
  /** Rows on which something may happen: the first `activeCount`. */
  readonly active: Int32Array;
  activeCount = 0;
  private readonly closeOnly: boolean;
  private current: Block | null = null;

  constructor(instruments: number, closeOnly: boolean) {
    this.active = new Int32Array(instruments);
    this.closeOnly = closeOnly;
  }

  /** Rows order[from..to) of the block are next; they complete at `now`. */
  begin(block: Block, from: number, to: number): void {
    this.number += 1;
    this.current = block;
    this.from = from;
    this.to = to;
    this.now = timeAt(block, from);
  }

  get block(): Block {
    return this.current!;
  }

  get started(): boolean {
    return this.current !== null;
  }

  scene(row: number, time: number): Scene {
    return { block: this.block, row, time, instant: this.number };
  }

  /** When fills at the opening of the row happen. */
  openingTime(row: number): number {
    return this.closeOnly ? this.block.at[row]! : this.block.time[row]!;
  }

  activate(row: number): void {
    for (let a = 0; a < this.activeCount; a += 1) if (this.active[a] === row) return;
    this.active[this.activeCount] = row;
    this.activeCount += 1;
  }

  /** Row of the instrument (the rows of an instant are in order of instrument), -1 when it has none in this instant; the only instrument has one in each. */
  rowOf(instrument: number): number {
    if (!this.started) return -1;
    const { block } = this;
    if (block.starts.length === 2) return this.from;
    let low = this.from;
    let high = this.to - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const row = block.order[middle]!;
      const found = block.instrument[row]!;
      if (found === instrument) return row;
      if (found < instrument) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}
