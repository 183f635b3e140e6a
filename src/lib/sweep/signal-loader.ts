/** Signals of one set after another where a kernel looks at them. */
import { type MissingSignals, missingOf, together } from './missing-signals.ts';
import type { TargetKernel } from './target-kernel.ts';
import { PLACE, SLOTS, windowMemory } from './window-memory.ts';

/** A column that was looked at, and the address of the slot it stays in: 0 without. */
type Seen = { readonly missing: MissingSignals; address: number };

/** Brings the signals of one set after another into the memory; a column that is there already stays. */
export class SignalLoader {
  private readonly kernel: TargetKernel;
  private readonly from: number;
  private readonly to: number;
  private readonly loaded: (Float64Array | undefined)[];
  private readonly seen = new Map<Float64Array, Seen>();
  /** Columns in slots, in their order. */
  private readonly slotted: Seen[] = [];
  private readonly parts: MissingSignals[];

  constructor(kernel: TargetKernel, from: number, to: number) {
    this.kernel = kernel;
    this.from = from;
    this.to = to;
    this.loaded = kernel.signals.map(() => undefined);
    this.parts = kernel.signals.map(() => ({ before: 0, complete: true }));
    windowMemory().sources.set(PLACE.signals);
  }

  /** @param first where the places of the set begin, a column for each of its signals */
  load(columns: readonly Float64Array[], places: ArrayLike<number>, first = 0): MissingSignals {
    const { kernel, loaded, parts } = this;
    const { sources } = windowMemory();
    if (kernel.slotted && this.slotted.length + loaded.length > SLOTS) this.makeRoom();
    for (let k = 0; k < loaded.length; k++) {
      const column = columns[places[first + k]!]!;
      if (loaded[k] === column) continue;
      loaded[k] = column;
      const seen = this.see(column);
      parts[k] = seen.missing;
      if (kernel.slotted) sources[k] = seen.address === 0 ? this.place(column, seen) : seen.address;
      else kernel.signals[k]!.set(column.subarray(this.from, this.to));
    }
    return together(parts);
  }

  private see(column: Float64Array): Seen {
    const known = this.seen.get(column);
    if (known !== undefined) return known;
    const found = { missing: missingOf(column, this.from, this.to), address: 0 };
    this.seen.set(column, found);
    return found;
  }

  /** Takes the next slot. Returns its address. */
  private place(column: Float64Array, seen: Seen): number {
    const slot = this.slotted.push(seen) - 1;
    windowMemory().slots[slot]!.set(column.subarray(this.from, this.to));
    seen.address = PLACE.slots[slot]!;
    return seen.address;
  }

  /** Nothing of what is there stays. */
  private makeRoom(): void {
    for (const seen of this.slotted) seen.address = 0;
    this.slotted.length = 0;
    this.loaded.fill(undefined);
  }
}
