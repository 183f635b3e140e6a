/** The handlers that a strategy may have beside its target. */
import type { Strategy } from './strategy.ts';

export const handlers = ['onStart', 'onBar', 'onFill', 'onOrder', 'onTimer', 'onEnd'] as const;

/** The first handler that a strategy has; undefined when it only gives targets. */
export function handlerOf(strategy: Strategy): (typeof handlers)[number] | undefined {
  return handlers.find((name) => strategy[name] !== undefined);
}
