/** A cursor over the instants of a source: which rows complete together, one group after another. */
import { instantEnd } from '../indicators/index.ts';
import type { Block, BlockSource } from '../model/index.ts';

export interface InstantCursor {
  /** Completion time of the current instant; Infinity at the end. */
  readonly at: number;
  /** Rows order[from..to) of `block`. */
  readonly block: Block;
  readonly from: number;
  readonly to: number;
  advance(): void;
}

export function createInstantCursor(source: BlockSource): InstantCursor {
  const blocks = source.blocks()[Symbol.iterator]();
  let block: Block | undefined;
  let at = Number.NEGATIVE_INFINITY;
  let from = 0;
  let to = 0;

  const advance = (): void => {
    from = to;
    while (block === undefined || from >= block.rows) {
      const next = blocks.next();
      if (next.done === true) {
        at = Number.POSITIVE_INFINITY;
        return;
      }
      block = next.value;
      from = 0;
    }
    to = instantEnd(block, from);
    at = block.at[block.order[from]!]!;
  };
  advance();
  return {
    get at() {
      return at;
    },
    get block() {
      if (block === undefined) throw new Error('an empty source has no instants');
      return block;
    },
    get from() {
      return from;
    },
    get to() {
      return to;
    },
    advance,
  };
}
