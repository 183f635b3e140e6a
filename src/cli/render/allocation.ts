/** An allocation as text and as a document. */
import { formatTime } from '../../lib/model/index.ts';
import { createInk, linePlot, noticeLines } from '../../lib/report/index.ts';
import type { AllocationStudy, PortfolioFigures } from '../../lib/runs/index.ts';
import { table } from './table.ts';

const percent = (value: number): string => (Number.isFinite(value) ? `${(100 * value).toFixed(1)} %` : '-');
const ratio = (value: number): string => (Number.isFinite(value) ? value.toFixed(2) : '-');

const lines: readonly (readonly [title: string, text: (figures: PortfolioFigures) => string])[] = [
  ['Total return', (f) => percent(f.totalReturn)],
  ['Annual growth', (f) => percent(f.cagr)],
  ['Volatility', (f) => percent(f.volatility)],
  ['Sharpe ratio', (f) => ratio(f.sharpe)],
  ['Sortino ratio', (f) => ratio(f.sortino)],
  ['Largest drawdown', (f) => percent(f.maxDrawdown)],
  ['Turnover a rebalance', (f) => percent(f.turnover)],
];

export function renderAllocation(
  study: AllocationStudy,
  look: { readonly width: number; readonly color: boolean },
): string {
  const { names, now, meanWeights, figures, equal, rebalances, periodEnds } = study;
  const rows = names.map((name, s) => ({ name, s }));
  const weights = table(
    rows,
    [
      { title: 'asset', text: ({ name }) => name, shrink: true },
      { title: 'weight now', text: ({ s }) => percent(now.weights[s]!), right: true },
      { title: 'risk share', text: ({ s }) => percent(now.riskShares[s]!), right: true },
      { title: 'mean weight', text: ({ s }) => percent(meanWeights[s]!), right: true },
    ],
    look.width,
  );
  const compared = table(
    lines,
    [
      { title: 'out of sample', text: ([title]) => title },
      { title: study.method, text: ([, text]) => text(figures), right: true },
      { title: 'equal weight', text: ([, text]) => text(equal), right: true },
    ],
    look.width,
  );
  const day = (time: number): string => formatTime(time).slice(0, 10);
  const span = `${day(periodEnds[0]!)} to ${day(periodEnds.at(-1)!)}, ${periodEnds.length} periods, ${rebalances.length} rebalances`;
  return [
    `${study.method} over ${names.length}, weights as of ${day(now.time)}, expected volatility ${percent(now.volatility)}`,
    '',
    weights,
    '',
    compared,
    '',
    `1 grows to ${ratio(1 + figures.totalReturn)}, ${span}`,
    ...linePlot(wealth(study.returns), Math.min(look.width, 100), 6, true),
    ...noticeLines(study.notes, createInk(look)),
  ].join('\n');
}

function wealth(returns: Float64Array): Float64Array {
  let value = 1;
  return returns.map((r) => (value *= 1 + r));
}

export function allocationDocument(study: AllocationStudy): Readonly<Record<string, unknown>> {
  const iso = (time: number): string => new Date(time).toISOString();
  return {
    method: study.method,
    names: study.names,
    notes: study.notes,
    periodsPerYear: study.periodsPerYear,
    now: { ...study.now, time: iso(study.now.time) },
    meanWeights: study.meanWeights,
    outOfSample: { figures: study.figures, equalWeight: study.equal },
    rebalances: study.rebalances.map((one) => ({ ...one, time: iso(one.time) })),
    periods: {
      end: Array.from(study.periodEnds, iso),
      returns: study.returns,
      equalWeightReturns: study.equalReturns,
    },
  };
}
