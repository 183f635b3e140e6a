/** What only the event engine can do: settings under which something other than a target's own order happens between two bars. */
import { fillsAlone } from '../execution/index.ts';
import { handlerOf } from '../strategy/index.ts';
import type { SweepOptions } from './sweep.ts';

/** Why a sweep needs the event engine, in one sentence; undefined when the vectorised engine gives the same results. */
export function eventOnly({ strategy, config, actions = [], detail }: SweepOptions): string | undefined {
  const { account, execution, risk } = config;
  const handler = handlerOf(strategy);
  if (handler !== undefined) return `the strategy handles events (${handler}) instead of giving targets alone`;
  if (strategy.target === undefined) return 'the strategy has no target';
  if (strategy.artifacts !== undefined) return 'the strategy reads artifacts, which may hold state of a run';
  if (detail !== undefined) return 'orders are matched against finer bars';
  if (actions.length > 0) return 'splits and dividends meet positions between bars';
  if (execution.latencyMs !== 0) return 'orders reach the venue after a latency';
  if (!fillsAlone(execution)) return `fills depend on the volume of the bar (${execution.slippage.kind} slippage)`;
  if (account.borrowRate !== 0) return 'short positions pay borrow day by day';
  if (account.interestRate !== 0) return 'negative cash pays interest day by day';
  if (risk.maxDrawdown !== undefined) return 'a drawdown limit watches equity at every instant';
  if (risk.maxDailyLoss !== undefined) return 'a daily loss limit watches equity at every instant';
  if (risk.drawdownScaling !== undefined) return 'the drawdown scales orders at every instant';
  return undefined;
}

/** Something may happen at the open of a bar: an order fills there, or an account is called. */
export function meetsOpens({ strategy, config: { account, execution } }: SweepOptions): boolean {
  return execution.fill !== 'close' || account.kind === 'margin' || strategy.exits !== undefined;
}
