/** Where the targets of many sets change over a stretch of several instruments: instrument by instrument, with the loop compiled for the strategy. */
import type { Instrument } from '../model/index.ts';
import type { Strategy } from '../strategy/index.ts';
import type { MissingSignals } from './missing-signals.ts';
import { type SignalColumns, sameNames } from './signal-columns.ts';
import { SignalLoader } from './signal-loader.ts';
import type { Stretch } from './stretch.ts';
import type { ParamSet } from './sweep.ts';
import { type TargetKernel, targetKernel } from './target-kernel.ts';
import type { Prepared } from './vector-options.ts';
import { WINDOW } from './window-memory.ts';

/** Changes of one set in a stretch, in no particular order. */
export type ChangeList = { count: number; rows: Int32Array; targets: Float64Array };

export type TargetChangesOptions = {
  readonly strategy: Strategy;
  readonly instruments: readonly Instrument[];
  readonly sets: readonly Prepared[];
  readonly start: number;
};

/** A set whose targets change at more than this share of the rows looked at gains nothing here, and its list would be long. */
const DENSE = 0.25;

export class TargetChanges {
  readonly lists: readonly ChangeList[];
  /** 1 once a set has to be asked row by row: its target threw, was no finite number, or changes all the time. */
  readonly left: Uint8Array;
  private readonly options: TargetChangesOptions;
  private readonly kernel: TargetKernel;
  private readonly loader: SignalLoader;
  /** Last target of set s for instrument i at s * instruments + i. */
  private readonly held: Float64Array;

  constructor(options: TargetChangesOptions) {
    const { strategy, instruments, sets } = options;
    this.options = options;
    this.held = new Float64Array(sets.length * instruments.length);
    const { names } = sets[0]!.signals;
    this.left = Uint8Array.from(sets, ({ signals }) => (sameNames(signals.names, names) ? 0 : 1));
    this.kernel = targetKernel(strategy, names);
    this.loader = new SignalLoader(this.kernel);
    this.lists = sets.map(emptyList);
  }

  /** Finds the changes of all sets; the lists are valid until the next call. */
  find(stretch: Stretch, shared: SignalColumns): void {
    const { instruments, start } = this.options;
    const { starts } = stretch.block;
    for (const list of this.lists) list.count = 0;
    const present = presence(stretch);
    for (let i = 0; i < instruments.length; i++) {
      this.kernel.turnTo(instruments[i]!.symbol);
      const end = starts[i + 1]!;
      const at = timesOf(stretch, i);
      let row = 0;
      while (row < at.length && !(at[row]! > start)) row++;
      for (let from = starts[i]! + row; from < end; from += WINDOW) {
        const to = Math.min(from + WINDOW, end);
        this.kernel.bars.at.set(at.subarray(from - starts[i]!, to - starts[i]!));
        this.findAll({ i, from, to, priced: this.load(stretch, present, from, to) }, shared);
      }
    }
  }

  /** Brings the prices of a window into the kernel; true when each has a close. */
  private load({ block, instants }: Stretch, present: Float64Array | null, from: number, to: number): boolean {
    const { bars } = this.kernel;
    for (const name of ['open', 'high', 'low', 'close', 'volume'] as const)
      bars[name].set(block[name].subarray(from, to));
    if (present === null) {
      // Each has a price at every instant.
      bars.universe.fill(block.rows / instants, 0, to - from);
      return true;
    }
    bars.universe.set(present.subarray(from, to));
    for (let k = from; k < to; k++) if (block.close[k] !== block.close[k]) return false;
    return true;
  }

  private findAll(part: Part, shared: SignalColumns): void {
    const { sets } = this.options;
    const { loader } = this;
    // Sets without a universe have one evaluator.
    loader.enter(shared.values(0), part.from, part.to);
    for (let s = 0; s < sets.length; s++) {
      if (this.left[s] === 1) continue;
      const { params, signals } = sets[s]!;
      this.take(s, part, this.ask(s, params, part, loader.load(signals.places)));
    }
  }

  /** What the strategy throws is told by the engine's own parts, which know where it happened. */
  private ask(s: number, params: ParamSet, part: Part, { before, complete }: MissingSignals): number {
    const { kernel, held } = this;
    const rows = part.to - part.from;
    kernel.targets[0] = held[s * this.options.instruments.length + part.i]!;
    try {
      return part.priced ? kernel.find(params, before, rows, complete) : kernel.findPriced(params, before, rows);
    } catch {
      this.leave(s);
      return 0;
    }
  }

  private leave(s: number): void {
    this.left[s] = 1;
    Object.assign(this.lists[s]!, emptyList());
  }

  private take(s: number, { i, from, to }: Part, changes: number): void {
    if (changes === 0) return;
    const { rows, targets } = this.kernel;
    const list = this.lists[s]!;
    makeRoom(list, changes);
    let finite = true;
    for (let j = 0; j < changes; j++) {
      const target = targets[j]!;
      if (!(target - target === 0)) finite = false;
      list.rows[list.count] = from + rows[j]!;
      list.targets[list.count++] = target;
    }
    this.held[s * this.options.instruments.length + i] = targets[changes - 1]!;
    if (!finite || list.count > Math.max(DENSE * to, WINDOW)) this.leave(s);
  }
}

/** Rows [from, to) of instrument i; `priced` says that each has a close. */
type Part = { readonly i: number; readonly from: number; readonly to: number; readonly priced: boolean };

/** When the rows of an instrument are complete: where all share their times, nobody needs a column of them. */
function timesOf({ block, rows, at, instants }: Stretch, i: number): Float64Array {
  return rows === null ? at.subarray(0, instants) : block.at.subarray(block.starts[i]!, block.starts[i + 1]!);
}

/** How many instruments have a row at the instant of each row; null where all have one everywhere. */
function presence({ block, rows, bounds, instants }: Stretch): Float64Array | null {
  if (rows === null) return null;
  const present = new Float64Array(block.rows);
  for (let t = 0; t < instants; t++)
    for (let k = bounds[t]!; k < bounds[t + 1]!; k++) present[block.order[k]!] = bounds[t + 1]! - bounds[t]!;
  return present;
}

function emptyList(): ChangeList {
  return { count: 0, rows: new Int32Array(64), targets: new Float64Array(64) };
}

function makeRoom(list: ChangeList, more: number): void {
  const needed = list.count + more;
  if (needed <= list.rows.length) return;
  const rows = new Int32Array(2 * needed);
  const targets = new Float64Array(2 * needed);
  rows.set(list.rows);
  targets.set(list.targets);
  list.rows = rows;
  list.targets = targets;
}
