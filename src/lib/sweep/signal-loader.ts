/** Signals of one set after another where a kernel looks at them. */
import { isComplete, type MissingSignals } from './missing-signals.ts';
import type { TargetKernel } from './target-kernel.ts';
import { BYTES, PLACE, SLOTS, windowMemory } from './window-memory.ts';

/** Of a column that was not looked at. */
const UNSEEN = -1;

/** Brings the signals of one set after another into the memory; a column that lies there stays. */
export class SignalLoader {
  private readonly kernel: TargetKernel;
  private columns: readonly Float64Array[] = [];
  private from = 0;
  private to = 0;
  /** Of each column: the first row with a value, counted from the start, and whether every row after it has one. */
  private before = new Int32Array(0);
  private complete = new Uint8Array(0);
  /** Its address in the memory: 0 without. */
  private address = new Int32Array(0);
  /** Columns that were put into slots, in their order. */
  private readonly slotted: number[] = [];
  /** The columns that lie where the kernel was compiled to look. */
  private readonly loaded: Int32Array;

  constructor(kernel: TargetKernel) {
    this.kernel = kernel;
    this.loaded = new Int32Array(kernel.signals.length);
  }

  /** Turns to rows [from, to) of columns. */
  enter(columns: readonly Float64Array[], from: number, to: number): void {
    this.columns = columns;
    this.from = from;
    this.to = to;
    if (this.before.length < columns.length) {
      this.before = new Int32Array(columns.length);
      this.complete = new Uint8Array(columns.length);
      this.address = new Int32Array(columns.length);
    }
    this.before.fill(UNSEEN);
    this.slotted.length = 0;
    this.loaded.fill(UNSEEN);
    windowMemory().sources.set(PLACE.signals);
  }

  /** @param first where the places of the set begin, a column for each of its signals */
  load(places: ArrayLike<number>, first = 0): MissingSignals {
    const { kernel, loaded, address } = this;
    const { sources } = windowMemory();
    if (kernel.slotted && this.slotted.length + loaded.length > SLOTS) this.makeRoom();
    let before = 0;
    let complete = true;
    for (let k = 0; k < loaded.length; k++) {
      const place = places[first + k]!;
      if (this.before[place] === UNSEEN) this.see(place);
      before = Math.max(before, this.before[place]!);
      complete &&= this.complete[place] === 1;
      if (kernel.slotted) sources[k] = address[place] === 0 ? this.put(place) : address[place]!;
      else if (loaded[k] !== place) {
        loaded[k] = place;
        kernel.signals[k]!.set(this.columns[place]!.subarray(this.from, this.to));
      }
    }
    return { before, complete };
  }

  private see(place: number): void {
    const { from, to } = this;
    const column = this.columns[place]!;
    let first = from;
    while (first < to && Number.isNaN(column[first]!)) first++;
    this.before[place] = first - from;
    this.complete[place] = isComplete(column, first, to) ? 1 : 0;
    this.address[place] = column.buffer === windowMemory().memory.buffer ? column.byteOffset + BYTES * from : 0;
  }

  /** Takes the next slot for a column. Returns its address. */
  private put(place: number): number {
    const slot = this.slotted.push(place) - 1;
    windowMemory().slots[slot]!.set(this.columns[place]!.subarray(this.from, this.to));
    this.address[place] = PLACE.slots[slot]!;
    return PLACE.slots[slot]!;
  }

  /** Nothing of what was put there stays. */
  private makeRoom(): void {
    for (const place of this.slotted) this.address[place] = 0;
    this.slotted.length = 0;
  }
}
