/** What is done about the faults that a check found. The input stays as it was. */
import { SigmaError } from '../../core/index.ts';
import { type Bars, barCount, closeTime, DAY, formatTime, timeframeMs } from '../../model/index.ts';
import { calendar as calendarOf } from '../calendar/index.ts';
import { type IssueKind, issueKinds, type QualityReport } from './report.ts';

export const repairPolicies = ['drop', 'fill', 'interpolate', 'fail'] as const;
export type RepairPolicy = (typeof repairPolicies)[number];

/** Rows of these kinds cannot be used as they are; the other kinds may be true and are left alone. */
const faulty: readonly IssueKind[] = [
  'missing',
  'not-positive',
  'high-below-low',
  'outside-range',
  'negative-volume',
  'spike',
];

/**
 * Rows are first put in time order, those without a time and later duplicates left out. Then faulty rows (errors and spikes) are
 * - `drop`: left out;
 * - `fill`: given the close before them in every price, no volume; missing bars are added the same way;
 * - `interpolate`: given the price on the straight line between the good closes around them, no volume; missing bars likewise;
 * - `fail`: refused, and so is every other error or gap.
 * Faulty rows before the first good one are left out, under `interpolate` those after the last too. Outliers, stale runs and notices stay: they may be true.
 * @param calendar the calendar that the report was made with
 * @throws SigmaError data/quality under `fail`, naming the first fault
 */
export function repairBars(bars: Bars, report: QualityReport, policy: RepairPolicy, calendar = '24/7'): Bars {
  if (policy === 'fail') refuse(report);
  const unusable = new Set<number>();
  const excluded = new Set<number>();
  for (const issue of report.issues) {
    if (issue.kind === 'not-a-time' || issue.kind === 'duplicate') excluded.add(issue.row);
    else if (faulty.includes(issue.kind)) unusable.add(issue.row);
  }
  const rows = Array.from({ length: barCount(bars) }, (_, row) => row)
    .filter((row) => !excluded.has(row) && (policy !== 'drop' || !unusable.has(row)))
    .sort((a, b) => bars.time[a]! - bars.time[b]!);
  if (policy === 'drop' || policy === 'fail')
    return build(
      bars,
      rows,
      rows.map((row) => bars.time[row]!),
      [],
    );
  const slots = withMissing(bars, rows, calendar).map((row) => (unusable.has(row.row) ? { ...row, row: -1 } : row));
  const good = (slot: { row: number }): boolean => slot.row >= 0;
  const first = slots.findIndex(good);
  const last = policy === 'interpolate' ? slots.findLastIndex(good) : slots.length - 1;
  const kept = first < 0 ? [] : slots.slice(first, last + 1);
  return build(
    bars,
    kept.map((slot) => slot.row),
    kept.map((slot) => slot.time),
    prices(bars, kept, policy),
  );
}

type Slot = { readonly row: number; readonly time: number };

/** The rows with a slot (row -1) for each bar that the calendar expects between them. */
function withMissing(bars: Bars, rows: readonly number[], calendarName: string): Slot[] {
  const market = calendarOf(calendarName);
  const span = timeframeMs(bars.timeframe);
  const slots: Slot[] = [];
  for (const row of rows) {
    const time = bars.time[row]!;
    const before = slots.at(-1)?.time;
    if (before !== undefined) {
      const limit = time - (Number.isNaN(span) ? 1 : span / 2);
      for (let next = following(before); next < limit; next = following(next)) slots.push({ row: -1, time: next });
    }
    slots.push({ row, time });
  }
  return slots;

  function following(time: number): number {
    if (market.name === '24/7' || Number.isNaN(span) || span > DAY) return closeTime(bars.timeframe, time);
    if (span === DAY) return market.next(time) + (time - Math.floor(time / DAY) * DAY);
    const session = market.sessionOf(time);
    const next = time + span;
    return next < market.sessionClose(session) ? next : market.sessionOpen(market.next(session));
  }
}

/** A price for each slot without a row: the close before, or the point between the closes around. */
function prices(bars: Bars, slots: readonly Slot[], policy: RepairPolicy): number[] {
  const values = slots.map((slot) => (slot.row < 0 ? Number.NaN : bars.close[slot.row]!));
  for (let k = 0; k < slots.length; k++) {
    if (slots[k]!.row >= 0) continue;
    if (policy === 'fill') {
      values[k] = values[k - 1]!;
      continue;
    }
    const left = k - 1;
    let right = k;
    while (slots[right]!.row < 0) right++;
    for (; k < right; k++) {
      const share = (slots[k]!.time - slots[left]!.time) / (slots[right]!.time - slots[left]!.time);
      values[k] = values[left]! + share * (values[right]! - values[left]!);
    }
  }
  return values;
}

function build(bars: Bars, rows: readonly number[], times: readonly number[], made: readonly number[]): Bars {
  const column = (source: Float64Array): Float64Array =>
    Float64Array.from(rows, (row, k) => (row < 0 ? made[k]! : source[row]!));
  return {
    ...bars,
    time: Float64Array.from(times),
    open: column(bars.open),
    high: column(bars.high),
    low: column(bars.low),
    close: column(bars.close),
    volume: Float64Array.from(rows, (row) => (row < 0 ? 0 : bars.volume[row]!)),
  };
}

function refuse(report: QualityReport): void {
  const first = report.issues.find(
    (issue) => issueKinds[issue.kind].severity === 'error' || issue.kind === 'gap' || issue.kind === 'spike',
  );
  if (first === undefined) return;
  throw new SigmaError('data/quality', `${first.kind}: ${first.found}`, {
    where: `${report.symbol} row ${first.row} (${formatTime(first.time)})`,
    hint: 'choose drop, fill or interpolate, or correct the data',
  });
}
