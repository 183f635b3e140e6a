/** The page's data back as charts and trade rows. */
import { unpack } from '../chart/codec.ts';
import type { LineChart, PriceChart } from '../chart/spec.ts';
import type { PackedLine, PackedPrice, PackedTrades } from '../html/payload.ts';
import type { TradeRow } from '../trade-rows.ts';

export function lineOf(packed: PackedLine): LineChart {
  return {
    ...packed,
    time: unpack(packed.time),
    series: packed.series.map((series) => ({ ...series, values: unpack(series.values) })),
  };
}

export function priceOf(packed: PackedPrice, trades: readonly TradeRow[]): PriceChart {
  const close = unpack(packed.close);
  const column = (gaps: PackedPrice['close']): number[] =>
    gaps.v.map((gap, i) => (gap === null ? Number.NaN : close[i]! + gap / gaps.d));
  return {
    kind: 'price',
    title: packed.title,
    unit: 'price',
    time: unpack(packed.time),
    close,
    ...(packed.open !== undefined && packed.high !== undefined && packed.low !== undefined
      ? { candles: { open: column(packed.open), high: column(packed.high), low: column(packed.low) } }
      : {}),
    marks: trades.filter((trade) => trade.symbol === packed.symbol),
    note: packed.note,
  };
}

export function tradesOf(packed: PackedTrades): TradeRow[] {
  const id = unpack(packed.id);
  const entryTime = unpack(packed.entryTime);
  const exitTime = unpack(packed.exitTime);
  const entryPrice = unpack(packed.entryPrice);
  const exitPrice = unpack(packed.exitPrice);
  const quantity = unpack(packed.quantity);
  const pnl = unpack(packed.pnl);
  const returns = unpack(packed.return);
  const bars = unpack(packed.bars);
  const adverse = unpack(packed.adverse);
  const favourable = unpack(packed.favourable);
  const costs = unpack(packed.costs);
  return id.map((number, i) => ({
    id: number,
    symbol: packed.symbols[packed.symbol[i]!]!,
    side: packed.long[i] === 1 ? 'long' : 'short',
    entryTime: entryTime[i]!,
    exitTime: exitTime[i]!,
    entryPrice: entryPrice[i]!,
    exitPrice: exitPrice[i]!,
    quantity: quantity[i]!,
    pnl: pnl[i]!,
    return: returns[i]!,
    bars: bars[i]!,
    adverse: adverse[i]!,
    favourable: favourable[i]!,
    costs: costs[i]!,
    tag: packed.tags[packed.tag[i]!]!,
  }));
}
