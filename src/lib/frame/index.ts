export { asOfJoin } from './as-of-join.ts';
export {
  type BlockBuilder,
  type BlockOptions,
  blocksFromBars,
  completionTimes,
  createBlockBuilder,
  orderRows,
} from './blocks.ts';
export { type Column, type Columns, type Frame, frame, type KeptColumn } from './frame.ts';
