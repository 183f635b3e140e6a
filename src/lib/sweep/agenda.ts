/** The changes of one set by the instant they happen at. */
import type { Stretch } from './stretch.ts';
import type { ChangeList } from './target-changes.ts';

export class Agenda {
  private list!: ChangeList;
  /** First change of each instant, -1 without one, and the change after each. */
  private first = new Int32Array(0);
  private next = new Int32Array(0);
  /** Instant of each row of the stretch; null where it is the row's place in its column. */
  private instants: Int32Array | null = null;
  private stretch!: Stretch;

  /** Works on a stretch from here on. */
  enter(stretch: Stretch): void {
    this.stretch = stretch;
    if (this.first.length < stretch.instants) this.first = new Int32Array(stretch.instants);
    this.instants = stretch.rows === null ? null : instantsOf(stretch);
  }

  /** Takes the changes of a set. */
  plan(list: ChangeList): void {
    const { stretch, first } = this;
    const { instrument, starts } = stretch.block;
    if (this.next.length < list.count) this.next = new Int32Array(list.rows.length);
    this.list = list;
    first.fill(-1, 0, stretch.instants);
    for (let j = 0; j < list.count; j++) {
      const row = list.rows[j]!;
      const t = this.instants === null ? row - starts[instrument[row]!]! : this.instants[row]!;
      this.next[j] = first[t]!;
      first[t] = j;
    }
  }

  has(t: number): boolean {
    return this.first[t]! >= 0;
  }

  /** First instant of [from, to) at which something changes, `to` without one. */
  nextIn(from: number, to: number): number {
    const { first } = this;
    let t = from;
    while (t < to && first[t]! < 0) t++;
    return t;
  }

  /** Gives the changes of an instant. */
  each(t: number, take: (instrument: number, target: number) => void): void {
    const { list, next, stretch } = this;
    for (let j = this.first[t]!; j >= 0; j = next[j]!) take(stretch.block.instrument[list.rows[j]!]!, list.targets[j]!);
  }
}

function instantsOf({ block, bounds, instants }: Stretch): Int32Array {
  const of = new Int32Array(block.rows);
  for (let t = 0; t < instants; t++) for (let k = bounds[t]!; k < bounds[t + 1]!; k++) of[block.order[k]!] = t;
  return of;
}
