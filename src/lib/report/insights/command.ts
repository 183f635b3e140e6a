/** The sigma command that repeats a run with something changed. */
import { shellWord } from '../escape.ts';
import { formatDay } from '../format.ts';
import type { RunView } from '../run-view.ts';

export type Change = {
  /** Another strategy, with its own defaults. */
  readonly strategy?: string;
  readonly params?: Readonly<Record<string, number | boolean | string>>;
  readonly symbols?: readonly string[];
  /** First day, ISO 8601. */
  readonly from?: string;
  /** Flags and values to append, not yet quoted. */
  readonly flags?: readonly string[];
};

/** `sigma backtest` with the run's strategy, data, start and parameters, and the change. */
export function backtestCommand(view: RunView, change: Change = {}): string {
  const params = change.strategy === undefined ? { ...view.params, ...change.params } : {};
  const start = view.result.equity.time[0];
  const from = change.from ?? (start === undefined ? undefined : formatDay(start - 1));
  const words = [
    'sigma',
    'backtest',
    '--strategy',
    change.strategy ?? view.strategy,
    '--data',
    view.dataset.name,
    ...(from === undefined ? [] : ['--from', from]),
    ...(change.symbols === undefined ? [] : ['--symbols', change.symbols.join(',')]),
    ...Object.entries(params).flatMap(([key, value]) => ['--param', `${key}=${value}`]),
    ...(change.flags ?? []),
  ];
  return words.map(shellWord).join(' ');
}

/** `sigma strategies show` for the run's strategy: its parameters with their ranges. */
export function strategyCommand(view: RunView): string {
  return `sigma strategies show ${shellWord(view.strategy)}`;
}
