/** Columns: tables of them, joins as of a time, and bars as a stream of blocks. */
export { asOfJoin } from './as-of-join.ts';
export {
  type BlockBuilder,
  type BlockOptions,
  blocksFromBars,
  createBlockBuilder,
  orderRows,
} from './blocks.ts';
export { completionTimes } from './completion.ts';
export { type Column, type Columns, type Frame, frame, type KeptColumn } from './frame.ts';
