/** What all assets of a synthetic market share: regime, variance and the market factor of each bar. */
import type { Rng } from '../../core/index.ts';
import { innovations } from './innovations.ts';
import type { CompleteSyntheticSpec } from './spec.ts';
import type { Timeline } from './timeline.ts';

export type MarketPath = {
  /** Index into the regimes of the specification. */
  readonly regime: Uint8Array;
  /** Square root of the GARCH variance, regime and activity apart. */
  readonly deviation: Float64Array;
  /** Market factor, unit variance. */
  readonly factor: Float64Array;
};

/** Beyond it a variance that feeds on fat tails would run away. */
const largestVariance = 25;

/** @param sessionsPerBar part of a session that one bar is */
export function marketPath(spec: CompleteSyntheticSpec, line: Timeline, sessionsPerBar: number, rng: Rng): MarketPath {
  const rows = line.time.length;
  const regime = new Uint8Array(rows);
  const deviation = new Float64Array(rows);
  const factor = new Float64Array(rows);
  const draw = innovations(rng.fork('factor'), spec.tail);
  const switches = rng.fork('regimes');
  const { alpha, beta } = spec.garch;
  const { regimes } = spec;
  let state = switches.integer(regimes.length);
  let variance = 1;
  for (let i = 0; i < rows; i++) {
    if (regimes.length > 1 && switches.next() < Math.min(1, sessionsPerBar / regimes[state]!.sessions)) {
      state = (state + 1 + switches.integer(regimes.length - 1)) % regimes.length;
    }
    const shock = draw();
    regime[i] = state;
    deviation[i] = Math.sqrt(variance);
    factor[i] = shock;
    variance = Math.min(largestVariance, 1 - alpha - beta + variance * (alpha * shock * shock + beta));
  }
  return { regime, deviation, factor };
}
