/** Values a position over rows that are shorter than periods: the curve bar by bar, the returns of days. */
import { countRun } from './held-runs.ts';
import { AT, POWER } from './single-state.ts';
import { windowMemory } from './window-memory.ts';

/** A period ends with the equity there is. */
export function endPeriod(states: Float64Array, at: number): void {
  const equity = states[at + AT.equity]!;
  const r = equity / states[at + AT.before]! - 1;
  const square = r * r;
  const fall = Math.min(0, r);
  const add = (power: number, value: number): void => {
    states[at + AT.powers + 2 * power]! += value;
  };
  states[at + AT.before] = equity;
  add(POWER.one, r);
  add(POWER.two, square);
  add(POWER.three, square * r);
  add(POWER.four, square * square);
  add(POWER.falls, fall * fall);
}

/** Follows the curve over rows [from, to) of the window: its peak, its deepest fall and the squares of its depths. */
export function followRun(states: Float64Array, at: number, multiplier: number, from: number, to: number): void {
  countRun(states, at, multiplier, from, to);
  const { close } = windowMemory().bars;
  const cash = states[at + AT.cash]!;
  const units = states[at + AT.quantity]! * multiplier;
  // Nothing is held: equity stands still, so that all rows are one.
  const end = units === 0 ? from + 1 : to;
  let peak = states[at + AT.peak]!;
  let perPeak = 1 / peak;
  let worst = states[at + AT.worst]!;
  let squares = 0;
  for (let k = from; k < end; k++) {
    const equity = cash + units * close[k]!;
    if (equity >= peak) {
      peak = equity;
      perPeak = 1 / equity;
    } else {
      const depth = equity * perPeak - 1;
      squares += depth * depth;
      if (depth < worst) worst = depth;
    }
  }
  states[at + AT.peak] = peak;
  states[at + AT.worst] = worst;
  states[at + AT.depthSquares]! += squares * (units === 0 ? to - from : 1);
}
