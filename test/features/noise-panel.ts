/** Panels of autocorrelated noise with a season, gaps and wild values, for tests of features. */
import { createRng } from '../../src/lib/core/index.ts';
import { type ChannelSeries, type FeatureSpec, type Panel, parseFeatureSpec } from '../../src/lib/features/index.ts';

export type NoiseOptions = {
  readonly seed?: number;
  readonly instruments?: number;
  readonly days?: number;
  readonly slots?: number;
  readonly channels?: readonly string[];
  /** Share of values that are missing. */
  readonly missing?: number;
};

export function noisePanel(options: NoiseOptions = {}): Panel {
  const { seed = 1, instruments = 4, days = 10, slots = 60, missing = 0 } = options;
  const channels = options.channels ?? ['return', 'activity', 'spread'];
  const root = createRng(seed);
  const rows = days * slots;
  const row = (r: number): { day: number; slot: number } => ({ day: 20_000 + Math.floor(r / slots), slot: r % slots });
  const series = Array.from({ length: instruments }, (_, i): ChannelSeries => {
    const rng = root.fork(`instrument ${i}`);
    const values = channels.map((_, c) => {
      let state = 0;
      return Float64Array.from({ length: rows }, (_, r) => {
        state = 0.3 * c * state + rng.normal();
        const x = (1 + i) * (state + Math.cos((2 * Math.PI * (r % slots)) / slots));
        return rng.next() < missing ? Number.NaN : x;
      });
    });
    return {
      symbol: `N${i + 1}`,
      at: Float64Array.from({ length: rows }, (_, r) => row(r).day * 86_400_000 + (row(r).slot + 1) * 60_000),
      day: Int32Array.from({ length: rows }, (_, r) => row(r).day),
      slot: Int32Array.from({ length: rows }, (_, r) => row(r).slot),
      values,
    };
  });
  return { channels, stepMs: 60_000, slots, series };
}

/** A small specification of its channels. */
export const noiseSpec = (extra: object = {}): FeatureSpec =>
  parseFeatureSpec({
    schema: 'sigma.features/1',
    name: 'test',
    timeframe: '1m',
    session: { slots: 60 },
    channels: ['return', 'activity', 'spread'],
    windowRows: 9,
    embedding: { dct: 3, pca: 4 },
    ...extra,
  });
