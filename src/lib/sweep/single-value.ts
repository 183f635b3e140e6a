/** Values a position over a run of rows: equity at each close, its drawdown and the power sums of its returns. */
import { AT } from './single-state.ts';

/** Nothing is held: equity stands still, so that all rows but the first are one. */
export function valueFlat(states: Float64Array, at: number, rows: number): void {
  const cash = states[at + AT.cash]!;
  if (cash > states[at + AT.peak]!) {
    states[at + AT.peak] = cash;
    states[at + AT.perPeak] = 1 / cash;
  }
  const depth = cash === states[at + AT.peak]! ? 0 : cash * states[at + AT.perPeak]! - 1;
  if (depth < states[at + AT.worst]!) states[at + AT.worst] = depth;
  states[at + AT.depthSquares]! += depth * depth * rows;
  states[at + AT.equitySum]! += cash * rows;
  states[at + AT.rows]! += rows;
  states[at + AT.equity] = cash;
}

/** A period ends with the equity there is. */
export function endPeriod(states: Float64Array, at: number): void {
  const equity = states[at + AT.equity]!;
  const r = equity / states[at + AT.before]! - 1;
  const square = r * r;
  const twiceDown = r - Math.abs(r);
  states[at + AT.before] = equity;
  states[at + AT.sum]! += r;
  states[at + AT.squares]! += square;
  states[at + AT.cubes]! += square * r;
  states[at + AT.fourths]! += square * square;
  states[at + AT.downSquares]! += (twiceDown * twiceDown) / 4;
}

/**
 * Equity is cash + units x close at rows [from, to), each the end of a period: the sums of returns and of their squares,
 * and the deepest drawdown.
 */
export function valueHeld(
  states: Float64Array,
  at: number,
  closes: Float64Array,
  units: number,
  from: number,
  to: number,
): void {
  const cash = states[at + AT.cash]!;
  let perBefore = 1 / states[at + AT.before]!;
  let peak = states[at + AT.peak]!;
  let perPeak = states[at + AT.perPeak]!;
  let worst = states[at + AT.worst]!;
  let sum = 0;
  let squares = 0;
  let total = 0;
  let equity = 0;
  for (let k = from; k < to; k++) {
    equity = cash + units * closes[k]!;
    const r = equity * perBefore - 1;
    perBefore = 1 / equity;
    sum += r;
    squares += r * r;
    total += equity;
    if (equity >= peak) {
      peak = equity;
      perPeak = perBefore;
    } else {
      const depth = equity * perPeak - 1;
      if (depth < worst) worst = depth;
    }
  }
  states[at + AT.sum]! += sum;
  states[at + AT.squares]! += squares;
  states[at + AT.equitySum]! += total;
  states[at + AT.before] = equity;
  states[at + AT.equity] = equity;
  states[at + AT.peak] = peak;
  states[at + AT.perPeak] = perPeak;
  states[at + AT.worst] = worst;
}

/** Beside `valueHeld`, and before it: cubes, fourth powers and falls of the returns, and squares of the depths. */
export function shapeHeld(
  states: Float64Array,
  at: number,
  closes: Float64Array,
  units: number,
  from: number,
  to: number,
): void {
  const cash = states[at + AT.cash]!;
  let perBefore = 1 / states[at + AT.before]!;
  let cubes = 0;
  let fourths = 0;
  let down = 0;
  for (let k = from; k < to; k++) {
    const equity = cash + units * closes[k]!;
    const r = equity * perBefore - 1;
    perBefore = 1 / equity;
    const square = r * r;
    const twiceDown = r - Math.abs(r);
    cubes += square * r;
    fourths += square * square;
    down += twiceDown * twiceDown;
  }
  states[at + AT.cubes]! += cubes;
  states[at + AT.fourths]! += fourths;
  states[at + AT.downSquares]! += down / 4;
  squareDepths(states, at, closes, units, from, to);
}

/** The squares of the depths at rows [from, to). */
export function squareDepths(
  states: Float64Array,
  at: number,
  closes: Float64Array,
  units: number,
  from: number,
  to: number,
): void {
  const cash = states[at + AT.cash]!;
  let peak = states[at + AT.peak]!;
  let perPeak = states[at + AT.perPeak]!;
  let squares = 0;
  for (let k = from; k < to; k++) {
    const equity = cash + units * closes[k]!;
    if (equity >= peak) {
      peak = equity;
      perPeak = 1 / equity;
    } else {
      const depth = equity * perPeak - 1;
      squares += depth * depth;
    }
  }
  states[at + AT.depthSquares]! += squares;
}

/** As `valueHeld` where periods are longer than rows: the curve alone. */
export function followHeld(
  states: Float64Array,
  at: number,
  closes: Float64Array,
  units: number,
  from: number,
  to: number,
): void {
  const cash = states[at + AT.cash]!;
  let peak = states[at + AT.peak]!;
  let perPeak = states[at + AT.perPeak]!;
  let worst = states[at + AT.worst]!;
  let total = 0;
  let equity = 0;
  for (let k = from; k < to; k++) {
    equity = cash + units * closes[k]!;
    total += equity;
    if (equity >= peak) {
      peak = equity;
      perPeak = 1 / equity;
    } else {
      const depth = equity * perPeak - 1;
      if (depth < worst) worst = depth;
    }
  }
  states[at + AT.equitySum]! += total;
  states[at + AT.equity] = equity;
  states[at + AT.peak] = peak;
  states[at + AT.perPeak] = perPeak;
  states[at + AT.worst] = worst;
}
