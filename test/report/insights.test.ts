import { describe, expect, it } from 'vitest';
import { type TradeRecord, tradeRecords } from '../../src/lib/model/index.ts';
import { commentary, insights, type RunFlag, type RunView } from '../../src/lib/report/index.ts';
import { makeView } from './fixture.ts';

const view = makeView();
const codes = (v: RunView): string[] => insights(v).map((insight) => insight.code);
const find = (v: RunView, code: string) => insights(v).find((insight) => insight.code === code);
const withMetrics = (change: Readonly<Record<string, number>>, intervals: RunView['intervals'] = {}): RunView => ({
  ...view,
  metrics: { ...view.metrics, ...change },
  intervals,
});
const withTrades = (change: (trade: TradeRecord, i: number) => Partial<typeof trade>): RunView => ({
  ...view,
  result: {
    ...view.result,
    trades: tradeRecords(view.result.trades.map((trade, i) => ({ ...trade, ...change(trade, i) }))),
  },
});

describe('insights', () => {
  it('come gravest first, each with evidence and a command that starts with sigma', () => {
    const order = ['critical', 'caution', 'note', 'good'];
    const found = insights(view);
    const ranks = found.map((insight) => order.indexOf(insight.severity));
    expect(ranks).toEqual([...ranks].sort());
    for (const insight of found) {
      expect(insight.evidence.length).toBeGreaterThan(0);
      expect(insight.evidence.every((item) => Number.isFinite(item.value))).toBe(true);
      if (insight.next !== undefined) expect(insight.next.command).toMatch(/^sigma [a-z]+ /);
    }
  });

  it('are none for a run without trades', () => {
    expect(insights(makeView({ bars: 1 }))).toEqual([]);
  });

  it('quote what a user named', () => {
    const odd = makeView({ strategy: "my strategy; rm -rf '" });
    const command = insights(odd).find((insight) => insight.code === 'robustness/neighbours')?.next?.command;
    expect(command).toContain(`--strategy 'my strategy; rm -rf '\\'''`);
  });

  it('see costs that take much or all of the profit', () => {
    const made = (net: number): RunView => {
      const { totals } = view.result;
      return {
        ...view,
        result: { ...view.result, totals: { ...totals, fees: 1000, slippage: 0, final: totals.initial + net } },
      };
    };
    expect(codes(made(-10))).toContain('costs/eat-the-edge');
    expect(find(made(2000), 'costs/high-share')?.severity).toBe('caution');
    expect(find(made(500), 'costs/high-share')?.severity).toBe('critical');
    expect(codes(made(50_000)).filter((code) => code.startsWith('costs'))).toEqual([]);
  });

  it('see profit that rests on five trades', () => {
    const few = withTrades((_, i) => ({ pnl: i < 5 ? 1000 : -1 }));
    expect(find(few, 'concentration/few-trades')?.title).toMatch(/^5 of \d+ trades/);
    const even = withTrades(() => ({ pnl: 10 }));
    expect(codes(even)).not.toContain('concentration/few-trades');
  });

  it('see one instrument or one side that carries the result', () => {
    const one = withTrades((trade) => ({ pnl: trade.symbol === 'KO' ? 100 : 1 }));
    expect(find(one, 'concentration/instruments')?.next?.command).toContain('--symbols');
    expect(find(one, 'concentration/instruments')?.next?.command).not.toMatch(/--symbols \S*KO/);
    const sides = withTrades((trade) => ({ pnl: trade.side === 'short' ? -5 : 10 }));
    expect(find(sides, 'concentration/sides')?.next?.command).toContain('--param short=false');
    const long = withTrades((trade) => ({ pnl: trade.side === 'short' ? 5 : -1 }));
    expect(find(long, 'concentration/sides')?.title).toBe('The long side loses money');
  });

  it('tell luck from skill by the interval and the probability', () => {
    expect(codes(withMetrics({ sharpe: 1, psr: 0.9 }))).toContain('luck/not-distinguishable');
    expect(codes(withMetrics({ sharpe: 1, psr: 0.99 }, { sharpe: [-0.1, 2] }))).toContain('luck/not-distinguishable');
    expect(codes(withMetrics({ sharpe: 1, psr: 0.99 }, { sharpe: [0.2, 2] }))).toContain('luck/distinguishable');
  });

  it('do not call a sure loss luck', () => {
    const lost = withMetrics({ sharpe: -14, psr: 0.0003 }, { sharpe: [-23, -7] });
    expect(find(lost, 'luck/loses')?.next?.command).toContain('--fees none');
    expect(codes(lost)).not.toContain('luck/not-distinguishable');
    expect(codes(withMetrics({ sharpe: -0.5, psr: 0.2 }, { sharpe: [-2, 1] }))).toContain('luck/not-distinguishable');
  });

  it('ask for nothing that the run itself is', () => {
    const unsure = withMetrics({ sharpe: 1, psr: 0.9 });
    const repeated = (flags: readonly RunFlag[]): RunView => ({ ...unsure, repeat: { strategy: 'momentum', flags } });
    const next = (v: RunView) => find(v, 'luck/not-distinguishable')?.next;
    expect(next(repeated([['--from', '2021-01-01']]))?.command).toContain('--from 1990-01-01');
    expect(next(repeated([]))).toBeUndefined();
    const { equity } = view.result;
    const falling = Float64Array.from(equity.equity, (_, i) => 100_000 * 0.999 ** i);
    const sinking: RunView = { ...view, result: { ...view.result, equity: { ...equity, equity: falling } } };
    expect(find(sinking, 'timing/under-water')).toMatchObject({ severity: 'caution' });
    expect(find(sinking, 'timing/under-water')?.next).toBeUndefined();
  });

  it('see an edge that faded', () => {
    const { equity } = view.result;
    const half = equity.equity.length / 2;
    const faded = equity.equity.map(
      (_, i) => 1e5 * (i < half ? 1 + i * 0.001 : 1 + half * 0.001) * (1 + 0.001 * Math.sin(i)),
    );
    expect(codes({ ...view, result: { ...view.result, equity: { ...equity, equity: faded } } })).toContain(
      'luck/faded',
    );
  });

  it('compare with the benchmark', () => {
    const at = (alpha: number, t: number, own: number): RunView =>
      withMetrics({ alpha, alphaTStatistic: t, totalReturn: own, benchmarkReturn: 0.1, beta: 1.5 });
    expect(find(at(-0.01, -1, 0.2), 'benchmark/only-beta')?.severity).toBe('caution');
    const fell = { alpha: -0.05, alphaTStatistic: -0.4, totalReturn: -0.1, benchmarkReturn: -0.3, beta: 0.2 };
    expect(find(withMetrics(fell), 'benchmark/only-less')?.title).toContain('only by holding less of it');
    expect(codes(withMetrics(fell))).not.toContain('benchmark/only-beta');
    expect(find(at(0.01, 1, 0.05), 'benchmark/lags')?.severity).toBe('caution');
    expect(find(at(0.01, 3, 0.05), 'benchmark/lags')?.severity).toBe('note');
    expect(find(at(0.01, 3, 0.2), 'benchmark/alpha')?.severity).toBe('good');
    expect(find(at(0.01, 1, 0.2), 'benchmark/alpha')?.severity).toBe('note');
    expect(codes(makeView({ benchmark: false })).filter((code) => code.startsWith('benchmark'))).toEqual([]);
  });

  it('see intrabar paths that decide, by what they are worth', () => {
    const at = (bounds?: RunView['bounds']): RunView => ({
      ...view,
      result: { ...view.result, ambiguousBars: 4 },
      ...(bounds === undefined ? {} : { bounds }),
    });
    expect(find(at(), 'robustness/ambiguous-bars')?.next?.command).toContain('--path bounds');
    const range = (pessimistic: number, optimistic: number) => at({ pessimistic, optimistic, ambiguousBars: 4 });
    expect(find(range(90_000, 110_000), 'robustness/ambiguous-bars')?.severity).toBe('critical');
    expect(find(range(110_000, 120_000), 'robustness/ambiguous-bars')?.severity).toBe('caution');
    expect(find(range(110_000, 110_100), 'robustness/ambiguous-bars')?.severity).toBe('note');
  });

  it('see poor data', () => {
    const quality = [{ symbol: 'KO', score: 70, rows: 10, issues: [{ kind: 'gap', count: 3 }] }];
    expect(find({ ...view, quality }, 'robustness/data-quality')?.next?.command).toBe('sigma data check us-equities');
  });

  it('see idle capital, a drawdown in progress and a lucky weekday', () => {
    const { equity } = view.result;
    const n = equity.equity.length;
    const falling = equity.equity.map((_, i) => 1e5 * (1 + Math.min(i, n - i - 1) / n));
    const idle: RunView = {
      ...view,
      result: { ...view.result, equity: { ...equity, equity: falling, gross: new Float64Array(n) } },
    };
    expect(codes(idle)).toEqual(expect.arrayContaining(['timing/idle', 'timing/under-water']));
    const monday = withTrades((trade) => ({ pnl: new Date(trade.entryTime).getUTCDay() === 1 ? 50 : 1 }));
    expect(find(monday, 'timing/weekday')?.title).toContain('Monday');
    const march = withTrades((trade) => ({ pnl: new Date(trade.entryTime).getUTCMonth() === 2 ? 500 : 1 }));
    expect(find(march, 'timing/month')?.title).toContain('March');
  });

  it('read stops, give-back and holding time from excursions', () => {
    const deep = withTrades((trade, i) =>
      i % 2 === 0
        ? { pnl: 100, adverse: -0.01, favourable: 0.5, bars: 2, return: 0.01 }
        : { pnl: -0.2 * trade.quantity * trade.entryPrice, adverse: -0.25, favourable: 0.6, bars: 20, return: -0.2 },
    );
    expect(codes(deep)).toEqual(
      expect.arrayContaining(['excursions/stop', 'excursions/give-back', 'excursions/losers-held']),
    );
    const stop = { ...deep, params: { stop: 0.1 } };
    expect(find(stop, 'excursions/stop')?.next?.command).toContain('--param stop=0.01');
    expect(codes(withTrades((_, i) => ({ pnl: i % 2 === 0 ? 10 : -5, bars: 1 })))).toContain('excursions/short-holds');
  });
});

describe('commentary', () => {
  it('states outcome, benchmark, years, drawdown, trades and costs', () => {
    const text = commentary(view);
    for (const part of [
      'From 2021-01-01',
      'gain of',
      'in the same time',
      'best year',
      'deepest drawdown',
      'made money',
      'Costs',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('is brief about a run of one bar', () => {
    expect(commentary(makeView({ bars: 1 }))).toBe('The run has too few values to describe.');
    expect(commentary(makeView({ bars: 30 }))).toContain('No trade was closed.');
  });
});
