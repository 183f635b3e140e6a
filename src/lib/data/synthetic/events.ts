/** What happens to a synthetic market by script: moves that may come back, gaps, storms, thin trading, delistings. */
import { z } from 'zod';
import { isoTime } from './iso-time.ts';

const at = z.union(
  [z.number().min(0).lt(1), isoTime],
  'is neither a share of the time span in [0, 1) nor an ISO 8601 time',
);
const bars = z.number().int().min(1);
/** Symbols; every asset when left out. */
const assets = z.array(z.string().min(1)).min(1).nullable().default(null);

/** Prices change by `size` (a fraction) in equal log steps over `bars`; then `revert` of it comes back over `revertBars`. */
const move = z.strictObject({
  kind: z.literal('move'),
  at,
  size: z.number().gt(-1).max(100),
  bars: bars.default(1),
  revert: z.number().min(0).max(1).default(0),
  revertBars: bars.default(20),
  assets,
});

/** The bar opens away from the close before by `size`, a fraction. */
const gap = z.strictObject({ kind: z.literal('gap'), at, size: z.number().gt(-1).max(100), assets });

/** Volatility, or volume, is multiplied for `bars`. */
const factor = z.number().positive().max(1000);
const volatility = z.strictObject({ kind: z.literal('volatility'), at, bars, factor, assets });
const volume = z.strictObject({ kind: z.literal('volume'), at, bars, factor, assets });

/** No bars from there on; over the last `bars` before it prices change by `decline`, a fraction. */
const delisting = z.strictObject({
  kind: z.literal('delisting'),
  at,
  decline: z.number().gt(-1).max(0).default(0),
  bars: bars.default(1),
  assets,
});

export const marketEvent = z.discriminatedUnion('kind', [move, gap, volatility, volume, delisting]);
export type MarketEvent = z.output<typeof marketEvent>;
