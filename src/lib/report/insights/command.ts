/** The sigma command that repeats a run with something changed. */
import { shellWord } from '../escape.ts';
import type { RunFlag, RunView } from '../run-view.ts';

export type Change = {
  /** Another strategy, with its own defaults. */
  readonly strategy?: string;
  readonly params?: Readonly<Record<string, number | boolean | string>>;
  readonly symbols?: readonly string[];
  /** First day, ISO 8601. */
  readonly from?: string;
  /** Further flags; each takes the place of the run's own. */
  readonly flags?: readonly RunFlag[];
};

/** `sigma backtest` with everything that decided the run, and the change. */
export function backtestCommand(view: RunView, change: Change = {}): string {
  const params = change.strategy === undefined ? { ...view.params, ...change.params } : {};
  const flags = new Map<string, RunFlag>();
  for (const flag of [...(view.repeat?.flags ?? [['--data', view.dataset.name] as const]), ...changed(change)])
    flags.set(flag[0], flag);
  const words = [
    'sigma',
    'backtest',
    '--strategy',
    change.strategy ?? view.repeat?.strategy ?? view.strategy,
    ...[...flags.values()].flat(),
    ...Object.entries(params).flatMap(([key, value]) => ['--param', `${key}=${value}`]),
  ];
  return words.map((word) => shellWord(word ?? '')).join(' ');
}

function changed({ from, symbols, flags = [] }: Change): readonly RunFlag[] {
  return [
    ...(from === undefined ? [] : [['--from', from] as const]),
    ...(symbols === undefined ? [] : [['--symbols', symbols.join(',')] as const]),
    ...flags,
  ];
}

/** `sigma strategies show` for the run's strategy: its parameters with their ranges. */
export function strategyCommand(view: RunView): string {
  return `sigma strategies show ${shellWord(view.repeat?.strategy ?? view.strategy)}`;
}
