/** Values a position over a run of rows: equity at each close, its drawdown and the power sums of its returns. */
import { heldRows, TURN } from './held-rows.ts';
import { AT } from './single-state.ts';

/** Rows on which a call of the routine costs more than it spares. */
const FEW = 12;

/** Values what is held, or nothing, over rows [from, to) of the window in `heldRows`, each the end of a period. */
export function valueRun(
  states: Float64Array,
  at: number,
  multiplier: number,
  from: number,
  to: number,
  shape: boolean,
): void {
  if (states[at + AT.quantity] === 0) {
    valueFlat(states, at, to - from);
    endPeriod(states, at);
    return;
  }
  countHeld(states, at, multiplier, from, to);
  valueHeld(states, at, multiplier, from, to, shape);
}

/** The rows of a position. */
export function countHeld(states: Float64Array, at: number, multiplier: number, from: number, to: number): void {
  const cash = states[at + AT.cash]!;
  const units = states[at + AT.quantity]! * multiplier;
  const { closes, totals } = heldRows();
  if (states[at + AT.rows] === 0) states[at + AT.first] = cash + units * closes[from]!;
  states[at + AT.rows]! += to - from;
  states[at + AT.heldRows]! += to - from;
  states[at + AT.equitySum]! += (to - from) * cash + units * (totals[to]! - totals[from]!);
}

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
  if (states[at + AT.rows] === 0) states[at + AT.first] = cash;
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
 * Equity is cash + units x close: the sums of returns and of their squares, with `shape` also of their higher powers and of
 * falls, and the deepest drawdown.
 */
function valueHeld(
  states: Float64Array,
  at: number,
  multiplier: number,
  from: number,
  to: number,
  shape: boolean,
): void {
  const { closes, results, routines } = heldRows();
  const cash = states[at + AT.cash]!;
  const units = states[at + AT.quantity]! * multiplier;
  // The first row follows a fill or an earlier window; some more go along with it, so that the rest comes in whole turns.
  const alone = to - from < FEW ? to : from + 1 + ((to - from - 1) % TURN);
  let before = states[at + AT.before]!;
  let sum = 0;
  let squares = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (let k = from; k < alone; k++) {
    const equity = cash + units * closes[k]!;
    const r = (equity - before) / before;
    sum += r;
    squares += r * r;
    if (shape) addShape(states, at, r);
    if (equity < least) least = equity;
    if (equity > most) most = equity;
    before = equity;
  }
  if (alone < to) {
    const address = 8 * (alone - 1);
    const end = 8 * (to - 1);
    if (shape) routines.shaped(address, end, cash, units);
    else routines.plain(address, end, cash, units);
    sum += results[0]! + results[1]!;
    squares += results[2]! + results[3]!;
    least = Math.min(least, results[4]!, results[5]!);
    most = Math.max(most, results[6]!, results[7]!);
    if (shape) {
      states[at + AT.cubes]! += results[8]! + results[9]!;
      states[at + AT.fourths]! += results[10]! + results[11]!;
      states[at + AT.downSquares]! += results[12]! + results[13]!;
    }
    before = cash + units * closes[to - 1]!;
  }
  states[at + AT.sum]! += sum;
  states[at + AT.squares]! += squares;
  states[at + AT.before] = before;
  states[at + AT.equity] = before;
  if (shape) squareDepths(states, at, closes, units, from, to);
  // Only a low that would be the deepest under the highest of the peaks needs a look at which came first.
  const peak = Math.max(most, states[at + AT.peak]!);
  if (least < (1 + states[at + AT.worst]!) * peak) deepest(states, at, closes, units, from, to);
  else if (peak > states[at + AT.peak]!) raisePeak(states, at, peak);
}

/** Higher powers of one return. */
function addShape(states: Float64Array, at: number, r: number): void {
  const square = r * r;
  states[at + AT.cubes]! += square * r;
  states[at + AT.fourths]! += square * square;
  if (r < 0) states[at + AT.downSquares]! += square;
}

function raisePeak(states: Float64Array, at: number, peak: number): void {
  states[at + AT.peak] = peak;
  states[at + AT.perPeak] = 1 / peak;
}

/** The deepest drawdown at rows [from, to). */
function deepest(
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
  for (let k = from; k < to; k++) {
    const equity = cash + units * closes[k]!;
    if (equity >= peak) {
      peak = equity;
      perPeak = 1 / equity;
    } else {
      const depth = equity * perPeak - 1;
      if (depth < worst) worst = depth;
    }
  }
  states[at + AT.peak] = peak;
  states[at + AT.perPeak] = perPeak;
  states[at + AT.worst] = worst;
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
export function followHeld(states: Float64Array, at: number, multiplier: number, from: number, to: number): void {
  const { closes } = heldRows();
  const cash = states[at + AT.cash]!;
  const units = states[at + AT.quantity]! * multiplier;
  states[at + AT.equity] = cash + units * closes[to - 1]!;
  deepest(states, at, closes, units, from, to);
}
