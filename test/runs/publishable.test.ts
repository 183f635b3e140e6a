/** Figures that contradict each other are a bug and are not published. */
import { describe, expect, it } from 'vitest';
import { formatTime } from '../../src/lib/model/index.ts';
import { backtest, publishable } from '../../src/lib/runs/index.ts';
import { defineStrategy, type Strategy } from '../../src/lib/strategy/index.ts';
import { panel } from '../market.ts';

const data = panel(['A', 'B'], 300, 3);

describe('the check before a run is published', () => {
  it('passes runs of every kind of account, fee and path', async () => {
    for (const kind of ['cash', 'margin'] as const)
      for (const path of ['pessimistic', 'bounds'] as const)
        await backtest('momentum', { data, params: { lookback: 20 }, account: { kind, borrowRate: 0.1 }, path });
  });

  it('names each contradiction, as a bug', async () => {
    const { view } = await backtest('buy-and-hold', { data });
    const { result } = view;
    const wrong = { ...view, result: { ...result, totals: { ...result.totals, final: result.totals.final + 1 } } };
    expect(() => publishable(wrong)).toThrow(
      /invariant broken: run [0-9a-f]{12}: review\/identity.*review\/final-equity/,
    );
    expect(() => publishable({ ...view, metrics: { ...view.metrics, fees: 17 } })).toThrow(/fees is reported as 17/);
    expect(() => publishable(view, { html: '<p>nothing</p>' })).toThrow(/html report does not show/);
  });

  it('warns of a run without trades', async () => {
    const run = await backtest(defineStrategy({ name: 'waits', target: () => 0 }), { data });
    expect(run.warnings).toEqual(['the run made no trades']);
  });

  it('dates an order that risk refused by the bar it was decided on, or by the fill that it answers', async () => {
    const sell = { kind: 'market', side: 'sell', quantity: 1000 } as const;
    const [bars] = panel(['A'], 30, 3);
    const { time } = bars!;
    const at = (row: number): string => formatTime(time[row]!);
    const refused = async (handlers: Partial<Strategy>): Promise<string> => {
      const strategy = defineStrategy({ name: 'greedy', ...handlers });
      const run = await backtest(strategy, { data: bars!, risk: { maxPositionWeight: 0.5, onBreach: 'reject' } });
      return run.warnings.find((warning) => warning.startsWith('risk limits')) ?? '';
    };
    const onBar: Strategy['onBar'] = (ctx) => {
      if (ctx.bar.time === time[11]) ctx.submit(sell);
    };
    const buys: Strategy['onBar'] = (ctx) => {
      if (ctx.bar.time === time[11]) ctx.submit({ kind: 'market', side: 'buy', quantity: 1 });
    };
    expect(await refused({ onBar })).toContain(`A at ${at(10)}, order 1 refused`);
    expect(await refused({ onBar: buys, onFill: (ctx) => void ctx.submit(sell) })).toContain(
      `A at ${at(11)}, order 2 refused`,
    );
  });
});
