/** The runs of rows of one set on which its position stands still: put down one after the other, valued together. */
import { heldRows, MOVED } from './held-rows.ts';
import { AT, MOVED_AT } from './single-state.ts';

export const BYTES = 8;

export class HeldRuns {
  private count = 0;
  private start = 0;

  /** Rows [from, to) of the window, each the end of a period, with what the set holds: they follow those put down before. */
  add(states: Float64Array, at: number, multiplier: number, from: number, to: number): void {
    const { ends, terms } = heldRows();
    const k = this.count++;
    if (k === 0) this.start = from;
    ends[k] = BYTES * to;
    terms[2 * k] = states[at + AT.cash]!;
    terms[2 * k + 1] = states[at + AT.quantity]! * multiplier;
    countRun(states, at, multiplier, from, to);
  }

  /** Takes runs that were written into `heldRows` by others: so many from a row on. */
  take(start: number, count: number): void {
    this.start = start;
    this.count = count;
  }

  /** Moves the set's numbers on over all runs; with `shape` also what only figures of the shape of returns need. */
  value(states: Float64Array, at: number, shape: boolean): void {
    if (this.count === 0) return;
    const { state, routines } = heldRows();
    const from = at + MOVED_AT;
    for (let k = 0; k < MOVED.count; k++) state[k] = states[from + k]!;
    if (shape) routines.shaped(BYTES * this.start, this.count);
    else routines.plain(BYTES * this.start, this.count);
    for (let k = 0; k < MOVED.count; k++) states[from + k] = state[k]!;
    this.count = 0;
  }

  /** Forgets them. */
  drop(): void {
    this.count = 0;
  }
}

/** Counts the rows of a run and sums equity over it. */
export function countRun(states: Float64Array, at: number, multiplier: number, from: number, to: number): void {
  const { closes, totals } = heldRows();
  const cash = states[at + AT.cash]!;
  const units = states[at + AT.quantity]! * multiplier;
  const rows = to - from;
  if (states[at + AT.rows] === 0) states[at + AT.first] = cash + units * closes[from]!;
  states[at + AT.rows]! += rows;
  if (units !== 0) states[at + AT.heldRows]! += rows;
  states[at + AT.equitySum]! += rows * cash + units * (totals[to]! - totals[from]!);
  states[at + AT.equity] = cash + units * closes[to - 1]!;
}
