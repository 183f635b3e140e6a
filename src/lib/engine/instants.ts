/** A cursor over the instants of a source: which rows complete together, one group after another. */
import { type Block, type BlockSource, instantEnd, timeAt } from '../model/index.ts';

export class InstantCursor {
  /** Completion time of the current instant; Infinity at the end. */
  at = Number.NEGATIVE_INFINITY;
  /** The instant is rows order[from..to) of `block`. */
  from = 0;
  to = 0;
  private readonly blocks: Iterator<Block>;
  private current: Block | undefined;

  constructor(source: BlockSource) {
    this.blocks = source.blocks()[Symbol.iterator]();
    this.advance();
  }

  get block(): Block {
    if (this.current === undefined) throw new Error('an empty source has no instants');
    return this.current;
  }

  advance(): void {
    this.from = this.to;
    while (this.current === undefined || this.from >= this.current.rows) {
      const next = this.blocks.next();
      if (next.done === true) {
        this.at = Number.POSITIVE_INFINITY;
        return;
      }
      this.current = next.value;
      this.from = 0;
    }
    this.to = instantEnd(this.current, this.from);
    this.at = timeAt(this.current, this.from);
  }
}
