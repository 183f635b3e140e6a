/** What a reader must know before believing a run. */
import { dataNotes } from './data-notes.ts';
import { formatDay, formatMoney, formatNumber, formatPercent } from './format.ts';
import type { RunView } from './run-view.ts';

/** Trades below which trade statistics say little. */
const FEW_TRADES = 30;
/** Probability that the true Sharpe ratio is above 0, below which luck is not ruled out. */
export const CONFIDENT = 0.95;

/** One sentence each, the gravest first. */
export function warnings(view: RunView): string[] {
  const { result, dataset, metrics } = view;
  const out: string[] = [];
  if (view.status === 'partial') {
    out.push(`Partial run: it ended early (${result.ended}); figures cover only the part that ran.`);
  } else if (result.ended !== 'finished') out.push(`The run ended early: ${result.ended}.`);
  out.push(...marginCalls(view));
  out.push(...dataNotes(dataset));
  if (result.ambiguousBars > 0) out.push(ambiguity(view));
  const closed = result.trades.columns.exitTime.filter((time) => !Number.isNaN(time)).length;
  if (closed < FEW_TRADES) {
    out.push(
      `Only ${closed} closed trade${closed === 1 ? '' : 's'}: trade statistics are not reliable below ${FEW_TRADES}.`,
    );
  }
  const psr = metrics['psr'] ?? Number.NaN;
  if (psr < CONFIDENT) {
    out.push(`The probability that the true Sharpe ratio is above 0 is ${formatPercent(psr, 1)}, below 95%.`);
  }
  const { trials = 1, dsr = Number.NaN } = metrics;
  if (trials > 1 && psr >= CONFIDENT && dsr < CONFIDENT) {
    out.push(
      `${formatNumber(trials, 0)} parameter sets of this strategy were tried on this data: the chance that the Sharpe ratio is more than their luck is ${formatPercent(dsr, 1)}, below 95%.`,
    );
  }
  return out;
}

/** Fills of nobody's order: the account closed what it could no longer carry. */
function marginCalls({ result }: RunView): string[] {
  const { order, time } = result.fills.columns;
  const times = [...new Set(time.filter((_, row) => order[row] === -1))];
  if (times.length === 0) return [];
  const first = formatDay(times[0]!);
  return [
    times.length === 1
      ? `A margin call closed all positions on ${first}.`
      : `${formatNumber(times.length, 0)} margin calls closed all positions, the first on ${first}.`,
  ];
}

function ambiguity(view: RunView): string {
  const count = view.result.ambiguousBars;
  const bars = `${formatNumber(count, 0)} bar${count === 1 ? '' : 's'}`;
  if (view.bounds === undefined)
    return `The path inside ${bars} decided a fill; run with --path bounds for the interval.`;
  const { pessimistic, optimistic } = view.bounds;
  return `The path inside ${bars} decided a fill: final equity lies between ${formatMoney(Math.min(pessimistic, optimistic))} and ${formatMoney(Math.max(pessimistic, optimistic))}.`;
}
