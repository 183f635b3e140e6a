/** Truncated replays: a strategy that is run again on less data must say the same of what both runs have seen. */
import { SigmaError } from '../core/index.ts';
import { type Bars, betweenTimes, formatTime } from '../model/index.ts';

/** Named columns of each instrument, in the order of the bars; row r is said of bar r. */
export type ReplayColumns = readonly Readonly<Record<string, Float64Array>>[];
/** Runs the strategy from nothing over the bars and hands back its signals, targets or orders. */
export type Replay = (bars: readonly Bars[]) => ReplayColumns;

export type ReplayCheckOptions = {
  /** Bars before the strategy's first value, as its expressions declare. */
  readonly warmup: number;
  /** How many truncations of each kind; 5 unless told. */
  readonly cuts?: number;
  /** Relative difference that counts as settled; 1e-6 unless told. */
  readonly tolerance?: number;
};

/** A value that changed when it should not have. */
export type ReplayFinding = {
  readonly column: string;
  readonly symbol: string;
  /** Open time of the bar. */
  readonly time: number;
  readonly whole: number;
  readonly truncated: number;
  /** Bars from this open time on were withheld; Infinity where nothing was. */
  readonly cut: number;
};

/** How a column changes when history starts later. */
export type StartDependence = {
  readonly column: string;
  /** Largest relative difference after the declared warm-up: |a - b| / max(|a|, |b|); 1 where only one has a value. */
  readonly largest: number;
  /** Bars beyond the declared warm-up until all differences are within the tolerance; Infinity when they never are. */
  readonly settledAfter: number;
};

export type ReplayCheck = {
  /** First change per column when later bars were withheld: the strategy reads the future. */
  readonly lookAhead: readonly ReplayFinding[];
  /** First change per column between two equal runs: it keeps state or draws numbers outside of the run. */
  readonly unrepeatable: readonly ReplayFinding[];
  readonly warmup: readonly StartDependence[];
  /** Open times at which bars were withheld. */
  readonly cuts: readonly number[];
  /** Values compared in the search for look-ahead. */
  readonly compared: number;
};

/**
 * Replays the whole, prefixes and suffixes. Prefixes must agree to the bit: whatever differs was decided with bars that
 * came later. It cannot see a strategy that carries the future in its own file; nothing that only runs it could.
 * @throws SigmaError data/empty without bars to cut
 */
export function checkReplays(bars: readonly Bars[], replay: Replay, options: ReplayCheckOptions): ReplayCheck {
  const cuts = cutTimes(bars, options.cuts ?? 5);
  const whole = copyOf(replay(bars));
  const unrepeatable = differences(bars, whole, replay(bars), Number.POSITIVE_INFINITY).findings;
  const lookAhead: ReplayFinding[] = [];
  let compared = 0;
  for (const cut of cuts) {
    const prefix = bars.map((b) => betweenTimes(b, Number.NEGATIVE_INFINITY, cut));
    const result = differences(prefix, whole, replay(prefix), cut);
    compared += result.compared;
    for (const finding of result.findings) {
      if (!lookAhead.some((known) => known.column === finding.column)) lookAhead.push(finding);
    }
  }
  return { lookAhead, unrepeatable, warmup: warmupDependence(bars, whole, replay, cuts, options), cuts, compared };
}

/** @throws SigmaError strategy/look-ahead that names the first value that changed */
export function requireNoLookAhead(check: ReplayCheck, strategy: string): void {
  const [finding] = check.lookAhead;
  if (finding === undefined) return;
  throw new SigmaError(
    'strategy/look-ahead',
    `${finding.column} was ${finding.whole} with all bars and ${finding.truncated} without those from ${formatTime(finding.cut)} on`,
    {
      where: `${strategy} at ${finding.symbol} ${formatTime(finding.time)}`,
      hint: 'build signals from expressions and keep nothing between bars outside of the run',
    },
  );
}

/** Evenly spread over the rows of the longest series. */
function cutTimes(bars: readonly Bars[], count: number): readonly number[] {
  const longest = bars.reduce<Float64Array>((a, b) => (b.time.length > a.length ? b.time : a), new Float64Array(0));
  if (longest.length < 2) throw new SigmaError('data/empty', 'fewer than two bars: there is nothing to withhold');
  const rows = Array.from({ length: count }, (_, k) => Math.ceil(((k + 1) * longest.length) / (count + 1)));
  return [...new Set(rows)].filter((row) => row > 0 && row < longest.length).map((row) => longest[row]!);
}

/** A replay may reuse its columns for the next run. */
function copyOf(columns: ReplayColumns): ReplayColumns {
  return columns.map((c) => Object.fromEntries(Object.entries(c).map(([name, values]) => [name, values.slice()])));
}

function differences(bars: readonly Bars[], whole: ReplayColumns, part: ReplayColumns, cut: number) {
  const findings = new Map<string, ReplayFinding>();
  let compared = 0;
  bars.forEach(({ instrument, time }, i) => {
    for (const [column, values] of Object.entries(whole[i] ?? {})) {
      const other = part[i]?.[column];
      for (let row = 0; row < time.length && !findings.has(column); row++) {
        compared++;
        const truncated = other?.[row] ?? Number.NaN;
        if (Object.is(values[row], truncated)) continue;
        findings.set(column, {
          column,
          symbol: instrument.symbol,
          time: time[row]!,
          whole: values[row]!,
          truncated,
          cut,
        });
      }
    }
  });
  return { findings: [...findings.values()], compared };
}

/** Withholds the first bars instead, and follows how far the rest is from the whole. */
function warmupDependence(
  bars: readonly Bars[],
  whole: ReplayColumns,
  replay: Replay,
  cuts: readonly number[],
  { warmup, tolerance = 1e-6 }: ReplayCheckOptions,
): readonly StartDependence[] {
  const seen = new Map<string, Distance>();
  for (const cut of cuts) {
    const suffix = bars.map((b) => betweenTimes(b, cut, Number.POSITIVE_INFINITY));
    const part = replay(suffix);
    suffix.forEach((late, i) => {
      const skipped = bars[i]!.time.length - late.time.length;
      for (const [column, values] of Object.entries(whole[i] ?? {})) {
        const distance = seen.get(column) ?? { largest: 0, settled: 0, unsettled: 0 };
        seen.set(column, distance);
        follow(distance, values.subarray(skipped + warmup), part[i]?.[column]?.subarray(warmup), tolerance);
      }
    });
  }
  return [...seen].map(([column, { largest, settled, unsettled }]) => ({
    column,
    largest,
    // A replay too short to settle says nothing where a longer one has settled.
    settledAfter: unsettled > settled ? Number.POSITIVE_INFINITY : settled,
  }));
}

/** Rows it took the replays that settled, and the longest that did not. */
type Distance = { largest: number; settled: number; unsettled: number };

function follow(distance: Distance, whole: Float64Array, part: Float64Array | undefined, tolerance: number): void {
  let needed = 0;
  for (let row = 0; row < whole.length; row++) {
    const difference = relative(whole[row]!, part?.[row] ?? Number.NaN);
    distance.largest = Math.max(distance.largest, difference);
    if (difference > tolerance) needed = row + 1;
  }
  if (needed < whole.length) distance.settled = Math.max(distance.settled, needed);
  else distance.unsettled = Math.max(distance.unsettled, needed);
}

function relative(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  if (Number.isNaN(a) || Number.isNaN(b)) return 1;
  return Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}
