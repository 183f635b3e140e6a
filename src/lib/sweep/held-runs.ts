/** The runs of rows of one set on which its position stands still: put down one after the other, valued together. */
import { assembler, compile, type Routines } from '../core/index.ts';
import { valuingCode } from './held-rows.ts';
import { AT, addressOfState, MOVED_AT } from './single-state.ts';
import { BYTES, PLACE, windowMemory } from './window-memory.ts';

const { f64, get, i32, loop, routine, set } = assembler;

export class HeldRuns {
  private readonly ends: Int32Array;
  private readonly terms: Float64Array;
  private count = 0;
  private start = 0;

  constructor() {
    const { ends, runs } = windowMemory();
    this.ends = ends;
    this.terms = runs;
  }

  /** Rows [from, to) of the window, each the end of a period, with what the set holds: they follow those put down before. */
  add(states: Float64Array, at: number, multiplier: number, from: number, to: number): void {
    const { ends, terms } = this;
    const k = this.count++;
    if (k === 0) this.start = from;
    ends[k] = BYTES * to;
    terms[2 * k] = states[at + AT.cash]!;
    terms[2 * k + 1] = states[at + AT.quantity]! * multiplier;
    countRun(states, at, multiplier, from, to);
  }

  /** Moves the numbers of the set on over all runs; with `shape` also what only figures of the shape of returns need. */
  value(at: number, shape: boolean): void {
    if (this.count === 0) return;
    linked(shape)(addressOfState(at), BYTES * this.start, this.count);
    this.count = 0;
  }
}

type ValueRuns = Routines<'value'>['value'];
const made = new Map<boolean, ValueRuns>();

/** Takes the state of a set, the address of the first row and how many runs follow one another. Made when first asked for. */
function linked(shaped: boolean): ValueRuns {
  const known = made.get(shaped);
  if (known !== undefined) return known;
  const { value } = compile({ value: valuing(shaped) })(windowMemory().memory);
  made.set(shaped, value);
  return value;
}

function valuing(shaped: boolean): assembler.Routine {
  return routine('value', (declare) => {
    const [state, from, runs] = [declare.parameter('i32'), declare.parameter('i32'), declare.parameter('i32')];
    const run = declare.local('i32');
    const { at, end, cash, units, ...code } = valuingCode(declare, shaped);
    const moved = i32.add(get(state), i32.constant(BYTES * MOVED_AT));
    return [
      ...set(at, get(from)),
      ...code.load(moved),
      ...loop(
        i32.less(get(run), get(runs)),
        set(end, i32.load(i32.shiftLeft(get(run), i32.constant(2)), PLACE.ends)),
        set(cash, f64.load(i32.shiftLeft(get(run), i32.constant(4)), PLACE.runs)),
        set(units, f64.load(i32.shiftLeft(get(run), i32.constant(4)), PLACE.runs + BYTES)),
        code.run,
        set(run, i32.add(get(run), i32.constant(1))),
      ),
      ...code.store(moved),
    ];
  });
}

/** Sums the closes of rows [from, to) of the window, all of them prices. */
export function sumCloses(from: number, to: number): void {
  const { bars, totals } = windowMemory();
  const { close } = bars;
  let total = 0;
  let k = from;
  totals[k] = total;
  // One sum waits for another only once in four rows.
  for (; k + 4 <= to; k += 4) {
    const a = close[k]!;
    const b = a + close[k + 1]!;
    const c = close[k + 2]!;
    const d = c + close[k + 3]!;
    totals[k + 1] = total + a;
    totals[k + 2] = total + b;
    totals[k + 3] = total + (b + c);
    total += b + d;
    totals[k + 4] = total;
  }
  for (; k < to; k++) {
    total += close[k]!;
    totals[k + 1] = total;
  }
}

/** Counts the rows of a run and sums equity over it. */
export function countRun(states: Float64Array, at: number, multiplier: number, from: number, to: number): void {
  const { bars, totals } = windowMemory();
  const cash = states[at + AT.cash]!;
  const units = states[at + AT.quantity]! * multiplier;
  const rows = to - from;
  if (states[at + AT.rows] === 0) states[at + AT.first] = cash + units * bars.close[from]!;
  states[at + AT.rows]! += rows;
  if (units !== 0) states[at + AT.heldRows]! += rows;
  states[at + AT.equitySum]! += rows * cash + units * (totals[to]! - totals[from]!);
  states[at + AT.equity] = cash + units * bars.close[to - 1]!;
}
