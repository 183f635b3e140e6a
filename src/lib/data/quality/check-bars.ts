/** The quality check of one instrument's rows, sorted or not. Nothing is changed and nothing is refused: whatever is wrong is reported. */
import { type BarColumns, barCount, DAY, formatTime, type Timeframe, timeframeMs } from '../../model/index.ts';
import { calendar as calendarOf } from '../calendar/index.ts';
import { barsBetween } from './expected-bars.ts';
import { type IssueKind, issueKinds, type QualityIssue, type QualityReport, qualityScore } from './report.ts';
import { extremeReturns } from './returns.ts';

export type QualityOptions = {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly closeOnly?: boolean;
  /** Name of the calendar that gaps are measured on; `24/7` when left out. */
  readonly calendar?: string;
  /** Robust z above which a return is extreme; 12 when left out. */
  readonly zLimit?: number;
  /** Smallest move, as a fraction, that can be extreme; 0.05 when left out. */
  readonly minMove?: number;
  /** Bars without a move that make a run stale; 10 when left out. */
  readonly staleBars?: number;
};

const priceFields = ['open', 'high', 'low', 'close'] as const;

/** Checks rows as they are: order, values, OHLC integrity, gaps against the calendar, extremes, spikes, stale runs. */
export function checkBars(bars: BarColumns, options: QualityOptions): QualityReport {
  const issues: QualityIssue[] = [];
  const report = (kind: IssueKind, row: number, found: string, count = 1): void => {
    issues.push({ kind, severity: issueKinds[kind].severity, row, time: bars.time[row]!, found, count });
  };
  const order = checkTimes(bars.time, report);
  for (let row = 0; row < barCount(bars); row++) checkRow(bars, row, options.closeOnly === true, report);
  const missing = checkGaps(bars.time, order, options, report);
  const close = Float64Array.from(order, (row) => bars.close[row]!);
  for (const extreme of extremeReturns(close, { zLimit: options.zLimit ?? 12, minMove: options.minMove ?? 0.05 })) {
    const percent = (100 * Math.expm1(extreme.return)).toFixed(1);
    const size = Number.isFinite(extreme.z) ? `${extreme.z.toFixed(0)} usual deviations` : 'nothing else moves';
    const kind = extreme.reverts ? 'spike' : 'outlier';
    report(kind, order[extreme.row]!, `close moves by ${percent} % (${size})${extreme.reverts ? ' and back' : ''}`);
  }
  checkStale(close, order, options.staleBars ?? 10, report);
  issues.sort((a, b) => a.row - b.row);

  const totals: Partial<Record<IssueKind, number>> = {};
  for (const issue of issues) totals[issue.kind] = (totals[issue.kind] ?? 0) + issue.count;
  const expected = order.length + missing;
  const score = qualityScore(totals, Math.max(expected, barCount(bars)));
  return { symbol: options.symbol, rows: barCount(bars), expected, score, totals, issues };
}

type Report = (kind: IssueKind, row: number, found: string, count?: number) => void;

/** Reports times and gives the rows with distinct, finite times in time order; of duplicates the first row stays. */
function checkTimes(time: Float64Array, report: Report): number[] {
  let latest = Number.NEGATIVE_INFINITY;
  const rows: number[] = [];
  const seen = new Set<number>();
  for (let row = 0; row < time.length; row++) {
    const t = time[row]!;
    if (!Number.isFinite(t)) {
      report('not-a-time', row, `time is ${t}`);
      continue;
    }
    if (seen.has(t)) {
      report('duplicate', row, `time ${formatTime(t)} occurs again`);
      continue;
    }
    if (t < latest) report('out-of-order', row, `time ${formatTime(t)} comes after ${formatTime(latest)}`);
    latest = Math.max(latest, t);
    seen.add(t);
    rows.push(row);
  }
  return rows.sort((a, b) => time[a]! - time[b]!);
}

function checkRow(bars: BarColumns, row: number, closeOnly: boolean, report: Report): void {
  const fields = closeOnly ? (['close'] as const) : priceFields;
  let usable = true;
  for (const field of fields) {
    const price = bars[field][row]!;
    if (Number.isFinite(price) && price > 0) continue;
    usable = false;
    report(Number.isFinite(price) ? 'not-positive' : 'missing', row, `${field} is ${price}`);
    break;
  }
  const volume = bars.volume[row]!;
  if (volume < 0) report('negative-volume', row, `volume is ${volume}`);
  else if (volume === 0) report('zero-volume', row, 'volume is 0');
  if (!usable || closeOnly) return;
  const [open, high, low, close] = [bars.open[row]!, bars.high[row]!, bars.low[row]!, bars.close[row]!];
  if (high < low) report('high-below-low', row, `high ${high} is below low ${low}`);
  else if (open > high || open < low) report('outside-range', row, `open ${open} is outside of ${low} to ${high}`);
  else if (close > high || close < low) report('outside-range', row, `close ${close} is outside of ${low} to ${high}`);
}

/** Number of bars that are missing. */
function checkGaps(time: Float64Array, order: readonly number[], options: QualityOptions, report: Report): number {
  const market = calendarOf(options.calendar ?? '24/7');
  const intraday = timeframeMs(options.timeframe) < DAY;
  let missing = 0;
  for (let k = 0; k < order.length; k++) {
    const at = time[order[k]!]!;
    if (market.name !== '24/7' && !(timeframeMs(options.timeframe) > DAY) && options.timeframe.at(-1) !== 'M') {
      const date = intraday ? market.sessionOf(at) : at;
      const inside = intraday ? at >= market.sessionOpen(date) && at < market.sessionClose(date) : market.isSession(at);
      if (!inside) report('off-calendar', order[k]!, `${formatTime(at)} is outside of the ${market.name} sessions`);
    }
    if (k === 0) continue;
    const before = time[order[k - 1]!]!;
    const count = barsBetween(options.timeframe, market, before, at);
    if (count === 0) continue;
    missing += count;
    report('gap', order[k]!, `${count} bars are missing after ${formatTime(before)}`, count);
  }
  return missing;
}

function checkStale(close: Float64Array, order: readonly number[], limit: number, report: Report): void {
  let run = 0;
  for (let k = 1; k <= close.length; k++) {
    if (k < close.length && close[k] === close[k - 1]) {
      run++;
      continue;
    }
    if (run >= limit) report('stale', order[k - 1]!, `close stays at ${close[k - 1]} for ${run + 1} bars`, run);
    run = 0;
  }
}
