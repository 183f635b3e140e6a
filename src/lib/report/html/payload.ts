/** The data a page carries for its script: charts and trades as short JSON. */
import { type Packed, packDecimals, packSignificant, packTimes } from '../chart/codec.ts';
import type { LineChart, PriceChart } from '../chart/spec.ts';
import { lineChartIds, lineChartOf, priceChartOf } from '../charts.ts';
import type { RunView } from '../run-view.ts';
import { ROWS_PER_PAGE, tradeRows } from './trades.ts';

export type PackedLine = Omit<LineChart, 'time' | 'series'> & {
  readonly id: string;
  readonly time: Packed;
  readonly series: readonly (Omit<LineChart['series'][number], 'values'> & { readonly values: Packed })[];
};

export type PackedPrice = {
  readonly symbol: string;
  readonly title: string;
  readonly note: string;
  readonly time: Packed;
  readonly close: Packed;
  /** Differences from the close, which pack shorter. */
  readonly open?: Packed;
  readonly high?: Packed;
  readonly low?: Packed;
};

export type PackedTrades = {
  readonly symbols: readonly string[];
  readonly symbol: readonly number[];
  /** 1 for a long trade. */
  readonly long: readonly number[];
  readonly tags: readonly string[];
  readonly tag: readonly number[];
  readonly id: Packed;
  readonly entryTime: Packed;
  readonly exitTime: Packed;
  readonly entryPrice: Packed;
  readonly exitPrice: Packed;
  readonly quantity: Packed;
  readonly pnl: Packed;
  readonly return: Packed;
  readonly bars: Packed;
  readonly adverse: Packed;
  readonly favourable: Packed;
  readonly costs: Packed;
};

export type Payload = {
  readonly lines: readonly PackedLine[];
  readonly prices: readonly PackedPrice[];
  readonly trades: PackedTrades;
  readonly rowsPerPage: number;
};

export function payload(view: RunView): Payload {
  return {
    lines: lineChartIds.flatMap((id) => {
      const chart = lineChartOf(view, id);
      return chart === undefined ? [] : [packLine(id, chart)];
    }),
    prices: view.bars.flatMap((bars) => {
      const chart = priceChartOf(view, bars.instrument.symbol);
      return chart === undefined ? [] : [packPrice(bars.instrument.symbol, chart)];
    }),
    trades: packTrades(view),
    rowsPerPage: ROWS_PER_PAGE,
  };
}

const lineDecimals = { money: 2, percent: 5, ratio: 4, price: 6, count: 0 } as const;

function packLine(id: string, chart: LineChart): PackedLine {
  return {
    ...chart,
    id,
    time: packTimes(chart.time),
    series: chart.series.map((s) => ({ ...s, values: packDecimals(s.values, lineDecimals[chart.unit]) })),
  };
}

function packPrice(symbol: string, chart: PriceChart): PackedPrice {
  const close = packSignificant(chart.close, 5);
  const against = (column: readonly number[]): Packed => ({
    ...close,
    v: column.map((value, i) => {
      const gap = Math.round(value * close.d) - Math.round(chart.close[i]! * close.d);
      return Number.isFinite(gap) ? gap : null;
    }),
  });
  const { candles } = chart;
  return {
    symbol,
    title: chart.title,
    note: chart.note ?? '',
    time: packTimes(chart.time),
    close,
    ...(candles === undefined
      ? {}
      : { open: against(candles.open), high: against(candles.high), low: against(candles.low) }),
  };
}

/** Digits beyond those shown keep a number from being rounded twice. */
function packTrades(view: RunView): PackedTrades {
  const rows = tradeRows(view);
  const index = (texts: readonly string[]): { list: string[]; at: number[] } => {
    const places = new Map<string, number>();
    const at = texts.map((text) => {
      const place = places.get(text) ?? places.size;
      places.set(text, place);
      return place;
    });
    return { list: [...places.keys()], at };
  };
  const symbols = index(rows.map((row) => row.symbol));
  const tags = index(rows.map((row) => row.tag));
  return {
    symbols: symbols.list,
    symbol: symbols.at,
    long: rows.map((row) => (row.side === 'long' ? 1 : 0)),
    tags: tags.list,
    tag: tags.at,
    id: packDecimals(
      rows.map((row) => row.id),
      0,
    ),
    entryTime: packTimes(rows.map((row) => row.entryTime)),
    exitTime: packTimes(rows.map((row) => row.exitTime)),
    entryPrice: packSignificant(
      rows.map((row) => row.entryPrice),
      8,
    ),
    exitPrice: packSignificant(
      rows.map((row) => row.exitPrice),
      8,
    ),
    quantity: packDecimals(
      rows.map((row) => row.quantity),
      rows.every((row) => Number.isInteger(row.quantity)) ? 0 : 6,
    ),
    pnl: packDecimals(
      rows.map((row) => row.pnl),
      5,
    ),
    return: packDecimals(
      rows.map((row) => row.return),
      8,
    ),
    bars: packDecimals(
      rows.map((row) => row.bars),
      0,
    ),
    adverse: packDecimals(
      rows.map((row) => row.adverse),
      8,
    ),
    favourable: packDecimals(
      rows.map((row) => row.favourable),
      8,
    ),
    costs: packDecimals(
      rows.map((row) => row.costs),
      5,
    ),
  };
}
