/** A short factual account of a run, built from its numbers. */

import { drawdownSeries } from '../../metrics/index.ts';
import { formatDay, formatMoney, formatPercent } from '../format.ts';
import type { RunView } from '../run-view.ts';
import { calendarReturns } from '../series.ts';
import { factsOf } from './facts.ts';

/** Three to six sentences: outcome, benchmark, best and worst stretch, trades, costs. */
export function commentary(view: RunView): string {
  const { equity, totals } = view.result;
  const { time } = equity;
  if (time.length < 2) return 'The run has too few values to describe.';
  const total = totals.final / totals.initial - 1;
  const facts = factsOf(view);
  const sentences = [
    `From ${formatDay(time[0]! - 1)} to ${formatDay(time.at(-1)! - 1)} ${view.strategy} turned ${formatMoney(totals.initial)} into ${formatMoney(totals.final)} ${view.currency}, a ${total < 0 ? 'loss' : 'gain'} of ${formatPercent(Math.abs(total), 1)}.`,
  ];
  const { benchmark } = view;
  if (benchmark !== undefined && benchmark.value.length > 1) {
    const other = benchmark.value.at(-1)! / benchmark.value[0]! - 1;
    sentences.push(
      `${capital(benchmark.name)} ${other < 0 ? 'lost' : 'gained'} ${formatPercent(Math.abs(other), 1)} in the same time.`,
    );
  }
  const years = calendarReturns(view).filter((row) => Number.isFinite(row.total));
  if (years.length > 1) {
    const ranked = [...years].sort((a, b) => b.total - a.total);
    const [best, worst] = [ranked[0]!, ranked.at(-1)!];
    sentences.push(
      `The best year was ${best.year} with ${formatPercent(best.total, 1)}, the worst ${worst.year} with ${formatPercent(worst.total, 1)}.`,
    );
  }
  const depths = drawdownSeries(equity.equity);
  const trough = depths.reduce((at, depth, i) => (depth < depths[at]! ? i : at), 0);
  const peak = depths.subarray(0, trough + 1).lastIndexOf(0);
  if (trough > 0) {
    sentences.push(
      `The deepest drawdown was ${formatPercent(-depths[trough]!, 1)}, from ${formatDay(time[peak]! - 1)} to ${formatDay(time[trough]! - 1)}.`,
    );
  }
  if (facts.closed.length === 0) sentences.push('No trade was closed.');
  else {
    const rate = facts.winners.length / facts.closed.length;
    const [best] = facts.trades.pnlBy((row) => facts.trades.symbol(row));
    const lead = view.dataset.symbols.length > 1 && best !== undefined ? `; ${best[0]} contributed most` : '';
    sentences.push(
      `Of ${facts.closed.length} closed trades ${formatPercent(rate, 0)} made money${lead}.`,
      `Costs came to ${formatMoney(facts.costs)} ${view.currency}, ${formatPercent(facts.costs / totals.initial, 1)} of the initial cash.`,
    );
  }
  return sentences.join(' ');
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
