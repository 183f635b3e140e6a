/** Static honesty of a strategy: truncated replays prove that it does not look ahead, shortened histories show how far its signals remember. */
import { type EngineResult, type RunConfig, runBacktest } from '../engine/index.ts';
import { blocksFromBars } from '../frame/index.ts';
import { bars as barExprs, evaluateAll } from '../indicators/index.ts';
import { type Bars, barCount, closeTime, formatTime, sliceBars } from '../model/index.ts';
import type { ParamSpecs, ParamValues, Strategy } from '../strategy/index.ts';

export type LookAhead = { readonly cut: string; readonly found: string };

/** How much of a signal's last value depends on history older than the multiple of its warm-up: relative difference to the full history. */
export type WarmupDependence = {
  readonly signal: string;
  readonly warmup: number;
  readonly differences: readonly { readonly bars: number; readonly relative: number }[];
};

export type StrategyCheck = {
  readonly cuts: number;
  /** Empty when no truncated replay decided otherwise. */
  readonly lookAhead: readonly LookAhead[];
  readonly warmup: readonly WarmupDependence[];
};

export type CheckSubject = {
  readonly strategy: Strategy;
  readonly params: ParamValues<ParamSpecs>;
  readonly bars: readonly Bars[];
  readonly config: RunConfig;
};

/** @param cuts how many truncations, spread evenly over the history */
export function checkStrategy(subject: CheckSubject, cuts = 12): StrategyCheck {
  const full = run(subject, subject.bars);
  const times = full.equity.time;
  const lookAhead: LookAhead[] = [];
  for (let k = 1; k <= cuts; k++) {
    const cut = times[Math.floor((times.length * k) / (cuts + 1))];
    if (cut === undefined) break;
    const truncated = run(
      subject,
      subject.bars.map((one) => until(one, cut)),
    );
    const found = firstChange(full, truncated, cut);
    if (found !== undefined) lookAhead.push({ cut: formatTime(cut), found });
  }
  return { cuts, lookAhead, warmup: warmupDependence(subject) };
}

function run(subject: CheckSubject, bars: readonly Bars[]): EngineResult {
  const { strategy, params, config } = subject;
  return runBacktest({ strategy, params, config, source: blocksFromBars(bars) });
}

/** The bars that were complete at `cut`. */
function until(bars: Bars, cut: number): Bars {
  let rows = barCount(bars);
  while (rows > 0 && closeTime(bars.timeframe, bars.time[rows - 1]!) > cut) rows--;
  return sliceBars(bars, 0, rows);
}

/** Everything decided up to the cut must be the same whether or not the future exists. */
function firstChange(full: EngineResult, truncated: EngineResult, cut: number): string | undefined {
  const expected = full.orders.filter((order) => order.created <= cut);
  const actual = truncated.orders.filter((order) => order.created <= cut);
  for (let i = 0; i < Math.max(expected.length, actual.length); i++) {
    const a = expected[i];
    const b = actual[i];
    const before = a === undefined ? 'no order' : `${a.side} ${a.quantity} ${a.symbol} at ${formatTime(a.created)}`;
    const after = b === undefined ? 'no order' : `${b.side} ${b.quantity} ${b.symbol} at ${formatTime(b.created)}`;
    if (before !== after) return `with the future known: ${before}; without: ${after}`;
  }
  const rows = truncated.equity.time.length;
  for (let row = 0; row < rows; row++) {
    if (Object.is(full.equity.equity[row], truncated.equity.equity[row])) continue;
    return `equity at ${formatTime(truncated.equity.time[row]!)} is ${full.equity.equity[row]} with the future known, ${truncated.equity.equity[row]} without`;
  }
  return undefined;
}

function warmupDependence({ strategy, params, bars }: CheckSubject): readonly WarmupDependence[] {
  const signals = strategy.signals?.(barExprs, params) ?? {};
  const names = Object.keys(signals);
  const longest = Math.max(0, ...bars.map(barCount));
  if (names.length === 0 || longest === 0) return [];
  const last = (history: readonly Bars[]) =>
    evaluateAll(signals, history).map((columns) => names.map((name) => columns[name]!.at(-1) ?? Number.NaN));
  const full = last(bars);
  return names.map((name, k) => {
    const warmup = signals[name]!.warmup;
    const lengths = [1, 2, 4, 8]
      .map((multiple) => Math.max(2, (warmup + 1) * multiple))
      .filter((rows) => rows < longest);
    const differences = lengths.map((rows) => {
      const short = last(bars.map((one) => sliceBars(one, Math.max(0, barCount(one) - rows), barCount(one))));
      const relative = Math.max(0, ...full.map((values, i) => relativeDifference(values[k]!, short[i]![k]!)));
      return { bars: rows, relative };
    });
    return { signal: name, warmup, differences };
  });
}

/** NaN on both sides is agreement, on one side it is all the difference there is. */
function relativeDifference(full: number, short: number): number {
  if (Number.isNaN(full) || Number.isNaN(short)) return Number.isNaN(full) && Number.isNaN(short) ? 0 : 1;
  return Math.abs(full - short) / Math.max(1e-12, Math.abs(full));
}
