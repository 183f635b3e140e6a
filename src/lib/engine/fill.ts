/** A fill as a run records it. */
import type { FillLog, VenueReport } from '../model/index.ts';

/** Appends a row. */
export function writeFill(log: FillLog, fill: Extract<VenueReport, { kind: 'filled' }>): void {
  const row = log.length;
  log.extend(row + 1);
  const { cells } = log;
  cells.id.values[row] = row + 1;
  cells.order.values[row] = fill.order;
  cells.symbol.codes[row] = fill.instrument;
  cells.side.put(row, fill.quantity > 0 ? 'buy' : 'sell');
  cells.time.values[row] = fill.time;
  cells.quantity.values[row] = Math.abs(fill.quantity);
  cells.price.values[row] = fill.price;
  cells.fee.values[row] = fill.fee;
  cells.slippage.values[row] = fill.slippage;
  cells.liquidity.put(row, fill.liquidity);
}
