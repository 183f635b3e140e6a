import { describe, expect, it } from 'vitest';
import {
  blocksFromBars,
  createSweep,
  defaultRunConfig,
  defineStrategy,
  instrument,
  runBacktest,
} from '../../src/lib/index.ts';
import { closesOf } from '../market.ts';

describe('the equity curve', () => {
  it('has the gross value after fills on the close, also where they leave one position of several', () => {
    const market = ['A', 'B', 'C'].map((symbol) => closesOf([10, 10, 12, 12, 12], { instrument: instrument(symbol) }));
    const config = {
      ...defaultRunConfig,
      execution: {
        ...defaultRunConfig.execution,
        fill: 'close' as const,
        fees: { kind: 'none' as const },
        slippage: { kind: 'none' as const },
      },
      sizing: { kind: 'fixed' as const, quantity: 100 },
    };
    const day = (time: number): number => (time - market[0]!.time[0]!) / 86_400_000;
    const target = ({ symbol, time }: { readonly symbol: string; readonly time: number }): number =>
      symbol === 'A' ? (day(time) < 4 ? 1 : 0) : symbol === 'B' ? (day(time) < 3 ? -1 : 0) : day(time) < 3 ? 1 : 0;
    const strategy = defineStrategy({ name: 'three', target });
    const { equity } = runBacktest({ strategy, params: {}, source: blocksFromBars(market), config });
    expect([...equity.gross]).toEqual([3_000, 3_000, 1_200, 0, 0]);
    expect(createSweep({ strategy, market, config }).trace({}).equity.gross).toEqual(equity.gross);
  });
});
