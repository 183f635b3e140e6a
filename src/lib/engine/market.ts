/** The market as a strategy sees it: the current block, its signals, and the last row of every instrument, also of those whose bars lie in an earlier block. */
import { createEvaluator, type Evaluator, type Expr } from '../indicators/index.ts';
import type { Block, Instrument } from '../model/index.ts';
import { blockColumns } from './block-columns.ts';
import { LOOK, type RowColumns, type RowView } from './row-view.ts';

export type MarketOptions = {
  readonly instruments: readonly Instrument[];
  readonly signals: readonly Expr[];
  readonly hidden: readonly Expr[];
  readonly universe?: Expr;
  /** Rows of earlier blocks are looked at: without handlers nobody does. */
  readonly keepsBars: boolean;
  /** Rows are read at completed instants alone. */
  readonly sparse: boolean;
};

const barNames = ['at', 'open', 'high', 'low', 'close', 'volume'] as const;

export class Market {
  /** The current block and its columns. */
  block: Block;
  columns: RowColumns;
  /** 1 where the row's instrument belongs to the universe. */
  member: Uint8Array = new Uint8Array(0);
  /** Some signals wait for their instant to be completed. */
  readonly waits: boolean;
  private readonly instruments: readonly Instrument[];
  private readonly evaluator: Evaluator;
  private readonly tail: RowColumns;
  private readonly keepsBars: boolean;
  private readonly signalCount: number;
  private readonly ownSignals: number;
  /** Latest row of each instrument in the current block, or -1 when it is in the tail. Whoever walks the block writes it. */
  readonly latest: Int32Array;

  constructor(options: MarketOptions) {
    const expressions = [...options.signals, ...options.hidden];
    this.instruments = options.instruments;
    this.keepsBars = options.keepsBars;
    this.ownSignals = options.signals.length;
    this.signalCount = expressions.length;
    this.evaluator = createEvaluator({
      expressions,
      instruments: options.instruments,
      sparse: options.sparse,
      ...(options.universe === undefined ? {} : { universe: options.universe }),
    });
    this.waits = this.evaluator.waits;
    this.tail = emptyColumns(options.instruments.length, expressions.length);
    this.latest = new Int32Array(options.instruments.length).fill(-1);
    this.block = emptyBlock(options.instruments.length);
    this.columns = emptyColumns(0, expressions.length);
  }

  /** Takes the next block and computes its signals. */
  load(block: Block): void {
    this.evaluator.evaluate(block);
    this.block = block;
    this.columns = blockColumns(block, this.evaluator.columns);
    this.member = this.evaluator.member;
  }

  /** Closes by row; undefined where it is known that none is missing. */
  get closes(): Float64Array | undefined {
    return this.block.close;
  }

  /** What is left to do at one instant, for whoever is about to decide on it. */
  completeInstant(from: number, to: number): void {
    this.evaluator.completeInstant(from, to);
  }

  /** Points the view at the instrument's latest row. */
  look(view: RowView, instrument: number): void {
    const row = this.latest[instrument]!;
    const { symbol } = this.instruments[instrument]!;
    if (row < 0) view[LOOK](this.tail, instrument, symbol);
    else view[LOOK](this.columns, row, symbol);
  }

  /** The instrument's latest value of hidden signal `k`, one that sizing asked for beside the strategy's own. */
  hidden(k: number, instrument: number): number {
    const row = this.latest[instrument]!;
    const column = this.ownSignals + k;
    return row < 0 ? this.tail.signals[column]![instrument]! : this.columns.signals[column]![row]!;
  }

  /** Keeps the last row of each instrument: the block is over, and its memory may be used for the next. */
  leave(): void {
    const { latest, tail, columns } = this;
    for (let i = 0; i < latest.length; i++) {
      const row = latest[i]!;
      if (row < 0) continue;
      if (this.keepsBars) for (const name of barNames) tail[name][i] = columns[name][row]!;
      for (let k = 0; k < this.signalCount; k++) tail.signals[k]![i] = columns.signals[k]![row]!;
      latest[i] = -1;
    }
  }
}

export function emptyColumns(rows: number, signals: number): RowColumns {
  const column = (): Float64Array => new Float64Array(rows).fill(Number.NaN);
  return {
    at: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    signals: Array.from({ length: signals }, column),
  };
}

function emptyBlock(instruments: number): Block {
  const none = new Float64Array(0);
  return {
    rows: 0,
    time: none,
    open: none,
    high: none,
    low: none,
    close: none,
    volume: none,
    at: none,
    instrument: new Int32Array(0),
    starts: new Int32Array(instruments + 1),
    order: new Int32Array(0),
  };
}
