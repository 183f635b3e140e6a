/** What a precursor promises, at whatever chance an alert has by itself. */
import type { DecayRates } from '../../learning/index.ts';
import type { Precursor } from './artifact.ts';

/**
 * The rate promised where chance alone succeeds at the rate `chance`, and that rate: the precursor succeeds by itself as often as on the
 * days that its promise counts, independently of chance.
 */
export function decayRates({ rate, base }: Precursor['promised'], chance = base): DecayRates {
  // Where chance alone always succeeds nothing is known of what the precursor does by itself.
  const own = base < 1 ? Math.min(0.99, Math.max(0.01, 1 - (1 - rate) / (1 - base))) : 0.01;
  const decayed = Math.min(0.99, Math.max(0.005, chance));
  return { promised: 1 - (1 - own) * (1 - decayed), decayed };
}
