/** A random order, each as likely as any other. */
import type { Rng } from './rng.ts';

/** In place (Fisher and Yates 1938, by Durstenfeld 1964). */
export function shuffle(values: Int32Array | Float64Array, rng: Rng): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = rng.integer(i + 1);
    const held = values[i]!;
    values[i] = values[j]!;
    values[j] = held;
  }
}
