/** One reused window on a row of the market: the bar and the signals of one instrument at one instant. */

/** Columns a view reads: those of the current block, or the last rows kept from earlier blocks. */
export type RowColumns = {
  readonly at: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly signals: readonly Float64Array[];
};

export interface RowView {
  columns: RowColumns;
  index: number;
  symbol: string;
  universe: number;
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** Names a signal cannot have, because a row already means something by them. */
export const rowFields = [
  'symbol',
  'time',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'universe',
  'columns',
  'index',
] as const;

type ViewClass = new (columns: RowColumns) => RowView;

/** Classes by their signals: runs of one strategy share one, so that the optimiser sees one shape. */
const classes = new Map<string, ViewClass>();

/** A view with a getter for each signal. */
export function createRowView(signals: readonly string[], columns: RowColumns): RowView {
  const key = signals.join(',');
  const known = classes.get(key) ?? defineView(signals);
  classes.set(key, known);
  return new known(columns);
}

function defineView(signals: readonly string[]): ViewClass {
  class View implements RowView {
    columns: RowColumns;
    index = 0;
    symbol = '';
    universe = 0;
    constructor(columns: RowColumns) {
      this.columns = columns;
    }
    get time(): number {
      return this.columns.at[this.index]!;
    }
    get open(): number {
      return this.columns.open[this.index]!;
    }
    get high(): number {
      return this.columns.high[this.index]!;
    }
    get low(): number {
      return this.columns.low[this.index]!;
    }
    get close(): number {
      return this.columns.close[this.index]!;
    }
    get volume(): number {
      return this.columns.volume[this.index]!;
    }
  }
  signals.forEach((name, k) => {
    Object.defineProperty(View.prototype, name, {
      get(this: View) {
        return this.columns.signals[k]![this.index]!;
      },
    });
  });
  return View;
}
