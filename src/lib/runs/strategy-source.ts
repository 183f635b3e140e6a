/** The strategy of a run with the hash of its code, whether it comes from a file, a stored run or a program. */
import { sha256 } from '../core/index.ts';
import type { LoadedStrategy, PluginOptions } from '../plugins/index.ts';
import type { Strategy } from '../strategy/index.ts';

export type StrategySource = {
  readonly strategy: Strategy;
  /** Enough to load it again anywhere; empty when it was given as an object. */
  readonly code: string;
  readonly codeHash: string;
  /** Hash of the code without the strategy's name. */
  readonly lineage: string;
  /** Its file, or its name when it has none. */
  readonly origin: string;
};

/** @throws SigmaError usage/unknown-strategy, strategy/load-failed */
export async function strategySource(given: Strategy | string, options: PluginOptions = {}): Promise<StrategySource> {
  if (typeof given !== 'string')
    return {
      strategy: given,
      code: '',
      codeHash: sha256(sourceText(given)),
      lineage: sha256(sourceText({ ...given, name: '' })),
      origin: given.name,
    };
  const { loadStrategy } = await import('../plugins/index.ts');
  return fromLoaded(await loadStrategy(given, options));
}

export function fromLoaded(loaded: LoadedStrategy): StrategySource {
  const { strategy, code, codeHash, lineage, file } = loaded;
  return { strategy, code, codeHash, lineage, origin: file };
}

/** An object's members as text, functions by their source: what changes the strategy changes this, except what its functions close over. */
function sourceText(strategy: Strategy): string {
  return JSON.stringify(strategy, (_key, value: unknown) => (typeof value === 'function' ? value.toString() : value));
}
