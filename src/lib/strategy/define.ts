/** Declares a strategy with everything typed from its parameters and signals. */
import type { ArtifactValues } from './artifacts.ts';
import type { ParamSpecs } from './params.ts';
import type { Signals, Strategy, StrategyDefinition } from './strategy.ts';

/**
 * @example
 * export default defineStrategy({
 *   name: 'momentum',
 *   params: { lookback: integer({ default: 90, min: 5, max: 400 }) },
 *   signals: ({ close }, p) => ({ momentum: roc(close, p.lookback) }),
 *   target: (row) => (row.momentum > 0 ? 1 : 0),
 * });
 */
export function defineStrategy<const P extends ParamSpecs, const S extends Signals, A = ArtifactValues>(
  definition: StrategyDefinition<P, S, A>,
): Strategy {
  // Parameters and signals are checked where they are written; afterwards a strategy is called only with what its own specifications produced.
  return definition as unknown as Strategy;
}
