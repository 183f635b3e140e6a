/** The rows of chosen instruments and times of a tape, as blocks of their own. */
import { createBlockBuilder } from '../../frame/index.ts';
import { type Block, lowerBound, type Timeframe } from '../../model/index.ts';

export type Selection = {
  /** Positions in the tape of the chosen instruments, in the order they are wanted. */
  readonly instruments: readonly number[];
  readonly from: number;
  readonly to: number;
};

/** Copies the chosen runs of each block into reused memory; blocks without a chosen row are left out. */
export function* selectBlocks(
  blocks: Iterable<Block>,
  selection: Selection,
  timeframe: Timeframe,
  capacity: number,
): Iterable<Block> {
  const builder = createBlockBuilder(selection.instruments.length, capacity);
  for (const block of blocks) {
    builder.clear();
    let rows = 0;
    selection.instruments.forEach((i, position) => {
      const { from, to } = chosenRun(block, i, selection);
      builder.append(position, block, from, to);
      rows += to - from;
    });
    if (rows > 0) yield builder.build(timeframe);
  }
}

/** Rows of the block that a selection takes. */
export function chosenRows(block: Block, selection: Selection): number {
  return selection.instruments.reduce((sum, i) => {
    const { from, to } = chosenRun(block, i, selection);
    return sum + to - from;
  }, 0);
}

function chosenRun(block: Block, instrument: number, { from, to }: Selection): { from: number; to: number } {
  const start = block.starts[instrument]!;
  const time = block.time.subarray(start, block.starts[instrument + 1]!);
  return { from: start + lowerBound(time, from), to: start + lowerBound(time, to) };
}
