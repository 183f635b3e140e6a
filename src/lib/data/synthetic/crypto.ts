/** The specification of the bundled data set `synthetic-crypto`. */
import type { SyntheticSpec } from './spec.ts';

const asset = (
  symbol: string,
  price: number,
  volatility: number,
  correlation: number,
  volume: number,
  tickSize: number,
) => ({
  symbol,
  kind: 'spot' as const,
  currency: 'USDT',
  price,
  drift: 0.6,
  volatility,
  correlation,
  volume,
  tickSize,
  lotSize: price > 1000 ? 0.01 : price > 10 ? 0.1 : price > 1 ? 1 : 10,
});

/** Eight invented coins, hourly, 2020 to 2025: one leader that the rest follows more or less. */
export const syntheticCrypto: SyntheticSpec = {
  seed: 20_200_101,
  timeframe: '1h',
  from: '2020-01-01',
  to: '2026-01-01',
  calendar: '24/7',
  activity: 'daily-wave',
  assets: [
    asset('SYNA/USDT', 7200, 0.55, 0.9, 900, 1),
    asset('SYNB/USDT', 130, 0.7, 0.85, 12_000, 0.1),
    asset('SYNC/USDT', 14, 0.75, 0.75, 60_000, 0.01),
    asset('SYND/USDT', 1.8, 0.85, 0.7, 400_000, 0.001),
    asset('SYNE/USDT', 0.19, 0.8, 0.65, 2_000_000, 0.0001),
    asset('SYNF/USDT', 0.033, 0.9, 0.6, 9_000_000, 0.00001),
    asset('SYNG/USDT', 42, 0.95, 0.5, 15_000, 0.1),
    asset('SYNH/USDT', 0.6, 1.05, 0.35, 500_000, 0.0001),
  ],
};
