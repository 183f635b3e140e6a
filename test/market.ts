/** Small markets for tests: bars from closes, random walks, panels. */
import { createRng } from '../src/lib/core/index.ts';
import { type Bars, type Instrument, instrument, type Timeframe, timeframeMs } from '../src/lib/model/index.ts';

export const START = Date.UTC(2021, 0, 4);

type Row = {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume?: number;
};

export function barsOf(
  rows: readonly Row[],
  details: {
    readonly instrument?: Instrument;
    readonly timeframe?: Timeframe;
    readonly start?: number;
    readonly closeOnly?: boolean;
  } = {},
): Bars {
  const timeframe = details.timeframe ?? '1d';
  const start = details.start ?? START;
  const column = (pick: (row: Row) => number): Float64Array => Float64Array.from(rows, pick);
  return {
    instrument: details.instrument ?? instrument('TEST'),
    timeframe,
    closeOnly: details.closeOnly ?? false,
    time: Float64Array.from(rows, (_, i) => start + i * timeframeMs(timeframe)),
    open: column((r) => r.open),
    high: column((r) => r.high),
    low: column((r) => r.low),
    close: column((r) => r.close),
    volume: column((r) => r.volume ?? 1_000_000),
  };
}

/** Bars whose four prices are the close. */
export function closesOf(closes: readonly number[], details: Parameters<typeof barsOf>[1] = {}): Bars {
  return barsOf(
    closes.map((close) => ({ open: close, high: close, low: close, close })),
    { closeOnly: true, ...details },
  );
}

/** A seeded random walk with consistent open, high, low and close. */
export function randomBars(length: number, seed: number, details: Parameters<typeof barsOf>[1] = {}): Bars {
  const rng = createRng(seed);
  let price = 100;
  const rows = Array.from({ length }, () => {
    const open = price * (1 + 0.002 * rng.normal());
    const close = open * Math.exp(0.01 * rng.normal());
    const high = Math.max(open, close) * (1 + 0.005 * Math.abs(rng.normal()));
    const low = Math.min(open, close) * (1 - 0.005 * Math.abs(rng.normal()));
    price = close;
    return { open, high, low, close, volume: Math.round(1_000 + 500 * rng.next()) };
  });
  return barsOf(rows, details);
}

export function panel(
  symbols: readonly string[],
  length: number,
  seed: number,
  details: Parameters<typeof barsOf>[1] = {},
): Bars[] {
  return symbols.map((symbol, i) => randomBars(length, seed + i, { ...details, instrument: instrument(symbol) }));
}
