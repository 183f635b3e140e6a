/** A sweep by the event engine: one whole backtest a set. It takes every strategy and every setting. */
import { SigmaError } from '../core/index.ts';
import { type EngineResult, type RunConfig, runBacktest } from '../engine/index.ts';
import type { PerformanceInput } from '../metrics/index.ts';
import type { BlockSource, CorporateAction } from '../model/index.ts';
import type { ArtifactSet, Strategy } from '../strategy/index.ts';
import { figureColumns, writeFigures } from './figures.ts';
import { type Periods, writeReturns } from './periods.ts';
import { figureKeys, type ParamSet, type Sweep, type SweepOptions, type SweepResult } from './sweep.ts';

export type EventSweepOptions = {
  readonly strategy: Strategy;
  readonly artifacts: ArtifactSet;
  readonly source: BlockSource;
  readonly config: RunConfig;
  readonly periods: Periods;
  readonly reason: string;
  readonly actions: readonly CorporateAction[];
  readonly detail: BlockSource | undefined;
  readonly onAnswer?: SweepOptions['onAnswer'];
};

export function createEventSweep(options: EventSweepOptions): Sweep {
  const { periods, reason, config } = options;
  return {
    engine: 'event',
    reason,
    periodEnds: periods.ends,
    periodsPerYear: periods.perYear,
    trace: (set) => {
      const { equity, orders, fills, trades } = backtestOf(options, set);
      return { equity, orders, fills, trades };
    },
    run: (sets, wants = {}) => {
      const figures = figureColumns(sets.length);
      const failures = new Map<number, SigmaError>();
      const width = periods.ends.length;
      const returns = wants.returns === true ? new Float64Array(sets.length * width).fill(Number.NaN) : undefined;
      for (let s = 0; s < sets.length; s++) {
        const result = attempt(s, failures, () => backtestOf(options, sets[s]!));
        if (result === undefined) continue;
        writeFigures(figures, s, performanceOf(result, periods), wants.figures ?? figureKeys);
        options.onAnswer?.(s, 'events');
        if (returns !== undefined)
          writeReturns(returns.subarray(s * width, (s + 1) * width), result.equity, periods, config.account.cash);
      }
      return resultOf(figures, returns, failures);
    },
  };
}

/** The result of a set, or undefined with the reason among the failures. A broken invariant of our own is thrown on. */
export function attempt<T>(set: number, failures: Map<number, SigmaError>, work: () => T): T | undefined {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof SigmaError)) throw cause;
    failures.set(set, cause);
    return undefined;
  }
}

export function resultOf(
  figures: SweepResult['figures'],
  returns: Float64Array | undefined,
  failures: SweepResult['failures'],
): SweepResult {
  return { figures, failures, ...(returns === undefined ? {} : { returns }) };
}

/** One run. @throws SigmaError when strategy code throws, also while it builds its signals */
export function backtestOf(options: EventSweepOptions, params: ParamSet): EngineResult {
  const { artifacts, source, config, actions, detail } = options;
  const strategy = guardedExpressions(options.strategy);
  const run = { strategy, artifacts, params, source, config, actions };
  return runBacktest(detail === undefined ? run : { ...run, detail });
}

/** The strategy, whose expressions throw nothing but SigmaErrors. */
function guardedExpressions(strategy: Strategy): Strategy {
  const { signals, universe } = strategy;
  return {
    ...strategy,
    ...(signals === undefined ? {} : { signals: (...of) => guarded(strategy, () => signals(...of)) }),
    ...(universe === undefined ? {} : { universe: (...of) => guarded(strategy, () => universe(...of)) }),
  };
}

/** What strategy code throws while it builds its expressions is its own fault, not ours. @throws SigmaError */
export function guarded<T>(strategy: Strategy, build: () => T): T {
  try {
    return build();
  } catch (cause) {
    if (cause instanceof SigmaError) throw cause;
    const message = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new SigmaError('strategy/threw', `the signals threw ${message}`, { where: strategy.name, cause });
  }
}

export function performanceOf(result: EngineResult, periods: Periods): PerformanceInput {
  const { equity, trades, fills, totals } = result;
  return { equity, trades, fills, costs: totals, initial: totals.initial, periodsPerYear: periods.perYear };
}
