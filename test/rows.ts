/** A result whose records are lists, for tests that look at rows. */
import type { EngineResult } from '../src/lib/engine/index.ts';
import type { FillRecord, LogEntry, OrderRecord, TradeRecord } from '../src/lib/model/index.ts';

export type ResultRows = Omit<EngineResult, 'orders' | 'fills' | 'trades' | 'log'> & {
  readonly orders: readonly OrderRecord[];
  readonly fills: readonly FillRecord[];
  readonly trades: readonly TradeRecord[];
  readonly log: readonly LogEntry[];
};

export function rowsOf(result: EngineResult): ResultRows {
  return {
    ...result,
    orders: [...result.orders],
    fills: [...result.fills],
    trades: [...result.trades],
    log: [...result.log],
  };
}
