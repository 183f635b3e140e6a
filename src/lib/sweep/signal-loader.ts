/** Signals of one set after another in the buffers of a kernel. */
import { type MissingSignals, missingOf, together } from './missing-signals.ts';
import type { TargetKernel } from './target-kernel.ts';

/** Brings the signals of one set after another into the kernel; a column that is there already stays. */
export class SignalLoader {
  private readonly kernel: TargetKernel;
  private readonly from: number;
  private readonly to: number;
  private readonly loaded: (Float64Array | undefined)[];
  private readonly seen = new Map<Float64Array, MissingSignals>();
  private readonly parts: MissingSignals[];

  constructor(kernel: TargetKernel, from: number, to: number) {
    this.kernel = kernel;
    this.from = from;
    this.to = to;
    this.loaded = kernel.signals.map(() => undefined);
    this.parts = kernel.signals.map(() => ({ before: 0, complete: true }));
  }

  load(columns: readonly Float64Array[], places: readonly number[]): MissingSignals {
    const { kernel, from, to, loaded, parts } = this;
    for (let k = 0; k < loaded.length; k++) {
      const column = columns[places[k]!]!;
      if (loaded[k] === column) continue;
      loaded[k] = column;
      kernel.signals[k]!.set(column.subarray(from, to));
      parts[k] = this.missing(column);
    }
    return together(parts);
  }

  private missing(column: Float64Array): MissingSignals {
    const known = this.seen.get(column);
    if (known !== undefined) return known;
    const found = missingOf(column, this.from, this.to);
    this.seen.set(column, found);
    return found;
  }
}
