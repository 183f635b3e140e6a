/** The market as a strategy sees it: the current block, its signals, and the last row of every instrument, also of those whose bars lie in an earlier block. */
import { createEvaluator, type Expr } from '../indicators/index.ts';
import type { Block, Instrument } from '../model/index.ts';
import type { RowColumns, RowView } from './row-view.ts';

export interface Market {
  /** Takes the next block and computes its signals. */
  load(block: Block): void;
  readonly block: Block;
  /** 1 where the row's instrument belongs to the universe. */
  readonly member: Uint8Array;
  /** The instrument's latest value of hidden signal `k`, one that sizing asked for beside the strategy's own. */
  hidden(k: number, instrument: number): number;
  /** Columns of the current block. */
  readonly columns: RowColumns;
  /** Notes that the instrument's latest row is this one. */
  seen(instrument: number, row: number): void;
  /** Points the view at the instrument's latest row. */
  look(view: RowView, instrument: number): void;
}

export type MarketOptions = {
  readonly instruments: readonly Instrument[];
  readonly signals: readonly Expr[];
  readonly hidden: readonly Expr[];
  readonly universe?: Expr;
};

const barNames = ['at', 'open', 'high', 'low', 'close', 'volume'] as const;

export function createMarket(options: MarketOptions): Market {
  const { instruments } = options;
  const signals = [...options.signals, ...options.hidden];
  const evaluator = createEvaluator({
    expressions: signals,
    instruments,
    ...(options.universe === undefined ? {} : { universe: options.universe }),
  });
  const tail = emptyColumns(instruments.length, signals.length);
  /** Row of the current block, or -1 when the latest row is in the tail. */
  const latest = new Int32Array(instruments.length).fill(-1);
  let block: Block = emptyBlock(instruments.length);
  let columns = emptyColumns(0, signals.length);

  const keepTail = (): void => {
    for (let i = 0; i < latest.length; i++) {
      const row = latest[i]!;
      if (row < 0) continue;
      for (const name of barNames) tail[name][i] = columns[name][row]!;
      for (let k = 0; k < signals.length; k++) tail.signals[k]![i] = columns.signals[k]![row]!;
      latest[i] = -1;
    }
  };

  return {
    load: (next) => {
      keepTail();
      block = next;
      evaluator.evaluate(next);
      columns = {
        at: next.at,
        open: next.open,
        high: next.high,
        low: next.low,
        close: next.close,
        volume: next.volume,
        signals: evaluator.columns,
      };
    },
    get block() {
      return block;
    },
    get member() {
      return evaluator.member;
    },
    hidden: (k, instrument) => {
      const row = latest[instrument]!;
      const column = options.signals.length + k;
      return row < 0 ? tail.signals[column]![instrument]! : columns.signals[column]![row]!;
    },
    get columns() {
      return columns;
    },
    seen: (instrument, row) => {
      latest[instrument] = row;
    },
    look: (view, instrument) => {
      const row = latest[instrument]!;
      view.columns = row < 0 ? tail : columns;
      view.index = row < 0 ? instrument : row;
      view.symbol = instruments[instrument]!.symbol;
    },
  };
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
