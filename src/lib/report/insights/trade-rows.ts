/** Some of a run's trades by their rows: sums over columns, without an object a trade. */
import type { TradeRecord, TradeRecords } from '../../model/index.ts';

export class TradeRows {
  readonly columns: TradeRecords['columns'];
  private readonly rows: Int32Array;
  private readonly trades: TradeRecords;

  /** @param rows all when left out */
  constructor(trades: TradeRecords, rows: Int32Array = Int32Array.from({ length: trades.length }, (_, row) => row)) {
    this.trades = trades;
    this.rows = rows;
    this.columns = trades.columns;
  }

  get length(): number {
    return this.rows.length;
  }

  where(keep: (row: number) => boolean): TradeRows {
    return new TradeRows(
      this.trades,
      this.rows.filter((row) => keep(row)),
    );
  }

  sum(value: (row: number) => number): number {
    let sum = 0;
    for (const row of this.rows) sum += value(row);
    return sum;
  }

  values(value: (row: number) => number): Float64Array {
    const out = new Float64Array(this.rows.length);
    for (let k = 0; k < out.length; k++) out[k] = value(this.rows[k]!);
    return out;
  }

  get pnl(): number {
    const { pnl } = this.columns;
    return this.sum((row) => pnl[row]!);
  }

  symbol(row: number): string {
    const { codes, dictionary } = this.columns.symbol;
    return dictionary.text(codes[row]!);
  }

  isOf(side: TradeRecord['side'], row: number): boolean {
    const { codes, dictionary } = this.columns.side;
    return dictionary.text(codes[row]!) === side;
  }

  /** Profit by a key of the trade, largest first. */
  pnlBy(key: (row: number) => string): [key: string, pnl: number][] {
    const sums = new Map<string, number>();
    for (const row of this.rows) {
      const name = key(row);
      sums.set(name, (sums.get(name) ?? 0) + this.columns.pnl[row]!);
    }
    return [...sums].sort((a, b) => b[1] - a[1]);
  }

  /** The most profitable ones, best first. */
  best(count: number): TradeRows {
    const { pnl } = this.columns;
    const rows = this.rows.slice().sort((a, b) => pnl[b]! - pnl[a]! || a - b);
    return new TradeRows(this.trades, rows.subarray(0, count));
  }

  /** The symbols that occur, in the order they do. */
  symbols(): string[] {
    return [...new Set(Array.from(this.rows, (row) => this.symbol(row)))];
  }
}
