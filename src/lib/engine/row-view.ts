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

/** Methods of the engine: a strategy that asks a row by name finds neither these nor the columns, which hold later rows too. */
export const LOOK = Symbol('look');
export const MOVE = Symbol('move');
export const COUNT = Symbol('count');

export interface RowView {
  /** Shows a row of the columns. */
  [LOOK](columns: RowColumns, index: number, symbol: string): void;
  /** Shows another row of the same instrument in the same columns. */
  [MOVE](index: number): void;
  /** Sets how many instruments the universe has. */
  [COUNT](universe: number): void;
  readonly symbol: string;
  readonly universe: number;
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

type ViewClass = new (columns: RowColumns) => RowView;

/** Classes by their signals: runs of one strategy share one, so that the optimiser sees one shape. */
const classes = new Map<string, ViewClass>();

/** A view with a getter for each signal. */
export function createRowView(signals: readonly string[], columns: RowColumns): RowView {
  const key = JSON.stringify(signals);
  const known = classes.get(key) ?? defineView(signals);
  classes.set(key, known);
  return new known(columns);
}

const bars = ['at', 'open', 'high', 'low', 'close', 'volume'] as const;

/**
 * A class of its own text for each list of signals: V8 keeps one record of observed types for equal texts, and a getter
 * that served several strategies would be slow for all. Columns lie in fields of their own, one step away; those of bars
 * are fetched when they are first read, since whoever gives them may have to make them.
 */
function defineView(signals: readonly string[]): ViewClass {
  const prices = bars.map((name) => ({
    getter: name === 'at' ? 'time' : name,
    field: `#${name}`,
    source: `columns.${name}`,
  }));
  const values = signals.map((name, k) => ({ getter: name, field: `#signal${k}`, source: `columns.signals[${k}]` }));
  const source = `/* ${classes.size} */ return class View {
    #columns; #index = 0; #symbol = ''; #universe = 0;
    ${[...prices, ...values].map(({ field }) => `${field};`).join(' ')}
    constructor(columns) {
      Object.preventExtensions(this);
      this[LOOK](columns, 0, '');
    }
    [LOOK](columns, index, symbol) {
      this.#index = index;
      // A pointer is written only when it changes: each write tells the garbage collector.
      if (this.#symbol !== symbol) this.#symbol = symbol;
      if (this.#columns === columns) return;
      this.#columns = columns;
      ${prices.map(({ field }) => `this.${field} = undefined;`).join(' ')}
      ${values.map((value) => `this.${value.field} = ${value.source};`).join(' ')}
    }
    [MOVE](index) { this.#index = index; }
    [COUNT](universe) { this.#universe = universe; }
    get symbol() { return this.#symbol; }
    get universe() { return this.#universe; }
    ${prices.map(({ getter, field, source }) => `get ${getter}() { return (this.${field} ??= this.#${source})[this.#index]; }`).join('\n')}
    ${values.map(({ getter, field }) => `get [${JSON.stringify(getter)}]() { return this.${field}[this.#index]; }`).join('\n')}
  };`;
  return new Function('LOOK', 'MOVE', 'COUNT', source)(LOOK, MOVE, COUNT) as ViewClass; // the text above has the fields of a view
}
