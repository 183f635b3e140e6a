/** The figures of a fixture run. */

import type { RunView } from '../../src/lib/report/index.ts';
import { drawdown, simpleReturns } from '../../src/lib/report/series.ts';

type Figures = Pick<RunView, 'metrics' | 'intervals'>;

export function metricsOf(
  view: Pick<RunView, 'result' | 'periodsPerYear'> & { readonly benchmark?: RunView['benchmark'] },
): Figures {
  const { equity, trades, totals } = view.result;
  const returns = simpleReturns(equity.equity);
  const mean = returns.reduce((a, b) => a + b, 0) / returns.length;
  const variance = returns.reduce((a, b) => a + (b - mean) ** 2, 0) / (returns.length - 1);
  const years = returns.length / view.periodsPerYear;
  const total = totals.final / totals.initial - 1;
  const sharpe = (mean / Math.sqrt(variance)) * Math.sqrt(view.periodsPerYear);
  const closed = trades.filter((t) => !Number.isNaN(t.exitTime));
  const wins = closed.filter((t) => t.pnl > 0);
  const won = wins.reduce((a, t) => a + t.pnl, 0);
  const lost = -closed.filter((t) => t.pnl <= 0).reduce((a, t) => a + t.pnl, 0);
  const standard = 1 / Math.sqrt(years);
  return {
    metrics: {
      totalReturn: total,
      cagr: (1 + total) ** (1 / years) - 1,
      sharpe,
      volatility: Math.sqrt(variance * view.periodsPerYear),
      maxDrawdown: Math.min(...drawdown(equity.equity)),
      trades: closed.length,
      winRate: wins.length / closed.length,
      profitFactor: won / lost,
    },
    intervals: { sharpe: [sharpe - 2 * standard, sharpe + 2 * standard] },
  };
}
