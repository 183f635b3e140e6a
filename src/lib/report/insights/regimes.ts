/** In which weather of the benchmark the run loses. */
import { type RegimeResult, regimeBreakdown } from '../../metrics/index.ts';
import { formatNumber, formatPercent } from '../format.ts';
import type { RunView } from '../run-view.ts';
import { sampledReturns } from '../series.ts';
import { backtestCommand } from './command.ts';
import type { Insight } from './insight.ts';

/** A regime counts when it covers this part of the time and its mean is this many standard errors below zero. */
const LONG_ENOUGH = 0.1;
const CLEARLY = 1;

export function regimeInsights(view: RunView): Insight[] {
  const regimes = regimesOf(view);
  const [worst] = [...regimes].sort((a, b) => a.logReturn - b.logReturn);
  if (worst === undefined || worst.share < LONG_ENOUGH || !(worst.tStatistic < -CLEARLY)) return [];
  const rest = regimes.filter((each) => each !== worst).reduce((sum, each) => sum + each.logReturn, 0);
  if (rest <= 0) return [];
  const name = regimeName(worst);
  return [
    {
      code: 'regimes/loses',
      severity: worst.tStatistic < -2 ? 'caution' : 'note',
      title: `It loses while ${view.benchmark?.name ?? 'the benchmark'} is ${name}`,
      text: `That was ${formatPercent(worst.share, 0)} of the time and cost ${formatPercent(-Math.expm1(worst.logReturn), 1)} (t ${formatNumber(worst.tStatistic, 1)}); the rest of the time made ${formatPercent(Math.expm1(rest), 1)}. Regimes are judged by the quarter before each period, so a strategy could know them.`,
      evidence: regimes.map((each) => ({ label: `${regimeName(each)}, a year`, value: each.annual, unit: 'fraction' })),
      next: {
        command: backtestCommand(view, { flags: [['--drawdown-scaling', '0.05:0.3']] }),
        why: 'smaller positions while it loses; a filter on the regime itself belongs into the strategy',
      },
    },
  ];
}

/** Regimes of the benchmark with what the run earned in each; empty without a benchmark or for short runs. */
export function regimesOf(view: RunView): readonly RegimeResult[] {
  const { returns, benchmark, periodsPerYear } = sampledReturns(view);
  if (benchmark === undefined) return [];
  return regimeBreakdown({ equity: growth(returns), benchmark: growth(benchmark), periodsPerYear });
}

export function regimeName({ trend, volatility }: Pick<RegimeResult, 'trend' | 'volatility'>): string {
  return `${trend} and ${volatility}`;
}

/** Values from 1 on with these returns. */
function growth(returns: Float64Array): Float64Array {
  const out = new Float64Array(returns.length + 1).fill(1);
  for (let i = 0; i < returns.length; i++) out[i + 1] = out[i]! * (1 + returns[i]!);
  return out;
}
