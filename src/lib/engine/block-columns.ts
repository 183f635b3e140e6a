/** The columns of a block that rows are read from. */
import type { Block } from '../model/index.ts';
import type { RowColumns } from './row-view.ts';

/** Columns that nobody reads are left to the block: it may not have copied them yet. */
export function blockColumns(block: Block, signals: readonly Float64Array[]): RowColumns {
  return new BlockColumns(block, signals);
}

class BlockColumns implements RowColumns {
  readonly signals: readonly Float64Array[];
  private readonly block: Block;

  constructor(block: Block, signals: readonly Float64Array[]) {
    this.block = block;
    this.signals = signals;
  }

  get at(): Float64Array {
    return this.block.at;
  }
  get open(): Float64Array {
    return this.block.open;
  }
  get high(): Float64Array {
    return this.block.high;
  }
  get low(): Float64Array {
    return this.block.low;
  }
  get close(): Float64Array {
    return this.block.close;
  }
  get volume(): Float64Array {
    return this.block.volume;
  }
}
