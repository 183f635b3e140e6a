/** An alert in one line: which precursor, how sure, what it passed, and why. */
import type { PrecursorAlert } from './precursor-scorer.ts';

/** @example `precursor 3: score 0.62, probability 0.41; spread 0.31 at most 1.20; because activity rising +0.42` */
export function alertText({ cluster, score, probability, gates, contributions }: PrecursorAlert): string {
  const passed = gates.map(({ channel, value, side, limit }) => {
    const word = side === 'at-least' ? 'at least' : 'at most';
    return `${channel} ${value.toFixed(2)} ${word} ${limit.toFixed(2)}`;
  });
  const reasons = contributions.map(({ words, value }) => `${words} ${value < 0 ? '' : '+'}${value.toFixed(2)}`);
  return [
    `precursor ${cluster}: score ${score.toFixed(2)}, probability ${probability.toFixed(2)}`,
    ...passed,
    `because ${reasons.join(', ')}`,
  ].join('; ');
}
