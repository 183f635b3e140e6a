/** Static honesty of a strategy: truncated replays of its signals and of its decisions in the engine prove that it does not look ahead. */
import { type RunConfig, runBacktest } from '../engine/index.ts';
import { blocksFromBars } from '../frame/index.ts';
import { bars as barExprs, evaluateAll } from '../indicators/index.ts';
import { type Bars, barCount, closeTime, formatTime } from '../model/index.ts';
import {
  type ArtifactSet,
  bindArtifacts,
  checkReplays,
  type ParamSpecs,
  type ParamValues,
  type Replay,
  type ReplayCheck,
  type ReplayColumns,
  type ReplayFinding,
  type Strategy,
} from '../strategy/index.ts';

/** A value that was another one when it should have been the same. */
export type LookAhead = {
  /** A signal, or `orders` (signed quantity ordered at the bar) or `equity`. */
  readonly column: string;
  readonly symbol: string;
  /** ISO 8601: the bar, and the time from which bars were withheld; `never` where none were. */
  readonly time: string;
  readonly cut: string;
  readonly whole: number;
  readonly truncated: number;
};

/** How a signal changes when history starts later. */
export type WarmupDependence = {
  readonly signal: string;
  /** Bars before its first value. */
  readonly warmup: number;
  /** Largest relative difference after the warm-up. */
  readonly largest: number;
  /** Bars beyond the warm-up until the differences stay below 1e-6; Infinity when they do not. */
  readonly settledAfter: number;
};

export type StrategyCheck = {
  readonly cuts: number;
  /** Values compared, of signals and of decisions. */
  readonly compared: number;
  /** Empty when nothing was decided otherwise without the future. */
  readonly lookAhead: readonly LookAhead[];
  /** Empty when two equal runs were equal. */
  readonly unrepeatable: readonly LookAhead[];
  readonly warmup: readonly WarmupDependence[];
};

export type CheckSubject = {
  readonly strategy: Strategy;
  readonly params: ParamValues<ParamSpecs>;
  /** What the strategy reads, by reference. */
  readonly artifacts?: ArtifactSet;
  readonly bars: readonly Bars[];
  readonly config: RunConfig;
};

/**
 * @param cuts how many truncations, spread evenly over the history
 * @throws SigmaError data/empty without bars to cut
 */
export function checkStrategy(subject: CheckSubject, cuts = 5): StrategyCheck {
  const { strategy, params, artifacts, bars } = subject;
  const signals = bindArtifacts(strategy, params, artifacts).strategy.signals?.(barExprs, params) ?? {};
  const warmups = Object.entries(signals).map(([name, { warmup }]) => [name, warmup] as const);
  const warmup = Math.max(0, ...warmups.map(([, rows]) => rows));
  const checks: ReplayCheck[] = [];
  if (warmups.length > 0) checks.push(checkReplays(bars, (some) => evaluateAll(signals, some), { warmup, cuts }));
  checks.push(checkReplays(bars, decisions(subject), { warmup, cuts }));
  const found = (kind: 'lookAhead' | 'unrepeatable') => checks.flatMap((check) => check[kind].map(readable));
  return {
    cuts: checks.at(-1)!.cuts.length,
    compared: checks.reduce((sum, check) => sum + check.compared, 0),
    lookAhead: found('lookAhead'),
    unrepeatable: found('unrepeatable'),
    warmup: warmups.map(([signal, rows]) => {
      const dependence = checks[0]!.warmup.find((one) => one.column === signal);
      return { signal, warmup: rows, largest: dependence?.largest ?? 0, settledAfter: dependence?.settledAfter ?? 0 };
    }),
  };
}

/** What the engine made of the bars: the orders given at each of them, and the equity when it was complete. */
function decisions({ strategy, params, artifacts = {}, config }: CheckSubject): Replay {
  return (bars): ReplayColumns => {
    if (bars.every((one) => barCount(one) === 0)) return bars.map(() => ({}));
    const { orders, equity } = runBacktest({ strategy, params, artifacts, config, source: blocksFromBars(bars) });
    const equityAt = new Map(Array.from(equity.time, (time, row) => [time, equity.equity[row]!]));
    const ordered = new Map<string, number>();
    for (const order of orders) {
      const key = `${order.symbol} ${order.created}`;
      ordered.set(key, (ordered.get(key) ?? 0) + (order.side === 'buy' ? order.quantity : -order.quantity));
    }
    return bars.map(({ time, timeframe, instrument }) => {
      const at = time.map((open) => closeTime(timeframe, open));
      return {
        orders: at.map((complete) => ordered.get(`${instrument.symbol} ${complete}`) ?? 0),
        equity: at.map((complete) => equityAt.get(complete) ?? Number.NaN),
      };
    });
  };
}

function readable({ time, cut, ...rest }: ReplayFinding): LookAhead {
  return { ...rest, time: formatTime(time), cut: formatTime(cut) };
}
