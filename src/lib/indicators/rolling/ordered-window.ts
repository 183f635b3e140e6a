/** The last n values in order: a treap (Seidel & Aragon 1996) whose nodes are the n places of the window, so nothing is allocated; insert, remove, select and count in O(log n). */

const NONE = -1;

export class OrderedWindow {
  private readonly value: Float64Array;
  private readonly left: Int32Array;
  private readonly right: Int32Array;
  private readonly size: Int32Array;
  private readonly priority: Int32Array;
  /** Sum over the subtree of the distances of its values from that of its top node. */
  private readonly sum: Float64Array;
  private root = NONE;

  constructor(places: number) {
    this.value = new Float64Array(places);
    this.left = new Int32Array(places).fill(NONE);
    this.right = new Int32Array(places).fill(NONE);
    this.size = new Int32Array(places);
    this.sum = new Float64Array(places);
    // A fixed scramble of the place number: priorities only have to be unrelated to the values.
    this.priority = Int32Array.from(
      { length: places },
      (_, i) => Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(i, 0x85ebca6b),
    );
  }

  /** Puts x in a place, whose old value leaves when it was occupied. */
  replace(place: number, x: number, occupied: boolean): void {
    if (occupied) this.root = this.remove(this.root, place);
    this.value[place] = x;
    this.left[place] = NONE;
    this.right[place] = NONE;
    this.update(place);
    this.root = this.insert(this.root, place);
  }

  /** The k-th smallest value, from 0. */
  select(k: number): number {
    let node = this.root;
    for (;;) {
      const before = this.sizeOf(this.left[node]!);
      if (k < before) node = this.left[node]!;
      else if (k === before) return this.value[node]!;
      else {
        k -= before + 1;
        node = this.right[node]!;
      }
    }
  }

  /** How many values are less than x. */
  countBelow(x: number): number {
    let node = this.root;
    let count = 0;
    while (node !== NONE) {
      if (this.value[node]! < x) {
        count += this.sizeOf(this.left[node]!) + 1;
        node = this.right[node]!;
      } else node = this.left[node]!;
    }
    return count;
  }

  /** How many values are at most x. */
  countUpTo(x: number): number {
    let node = this.root;
    let count = 0;
    while (node !== NONE) {
      if (this.value[node]! <= x) {
        count += this.sizeOf(this.left[node]!) + 1;
        node = this.right[node]!;
      } else node = this.left[node]!;
    }
    return count;
  }

  /**
   * Mean absolute deviation from the mean of all values: twice the distances above the mean, since those below weigh
   * the same. Sums are of distances and so is the mean: a large offset costs no digits.
   */
  meanDeviation(): number {
    const count = this.size[this.root]!;
    const origin = this.value[this.root]!;
    const mean = this.sum[this.root]! / count;
    let node = this.root;
    let total = 0;
    while (node !== NONE) {
      const distance = this.value[node]! - origin - mean;
      if (distance > 0) {
        const right = this.right[node]!;
        total += distance;
        if (right !== NONE) total += this.sum[right]! + this.size[right]! * (this.value[right]! - origin - mean);
        node = this.left[node]!;
      } else node = this.right[node]!;
    }
    return (2 * total) / count;
  }

  /** Sum over a subtree of distances from x. */
  private sumFrom(node: number, x: number): number {
    return node === NONE ? 0 : this.sum[node]! + this.size[node]! * (this.value[node]! - x);
  }

  private sizeOf(node: number): number {
    return node === NONE ? 0 : this.size[node]!;
  }

  private update(node: number): void {
    const left = this.left[node]!;
    const right = this.right[node]!;
    this.size[node] = 1 + this.sizeOf(left) + this.sizeOf(right);
    this.sum[node] = this.sumFrom(left, this.value[node]!) + this.sumFrom(right, this.value[node]!);
  }

  /** Equal values stand in the order of their places. */
  private isBefore(a: number, b: number): boolean {
    const x = this.value[a]!;
    const y = this.value[b]!;
    return x < y || (x === y && a < b);
  }

  private insert(node: number, place: number): number {
    if (node === NONE) return place;
    if (this.priority[place]! > this.priority[node]!) {
      this.split(node, place);
      this.update(place);
      return place;
    }
    if (this.isBefore(place, node)) this.left[node] = this.insert(this.left[node]!, place);
    else this.right[node] = this.insert(this.right[node]!, place);
    this.update(node);
    return node;
  }

  /** Parts the subtree at `place` into its left and right children. */
  private split(node: number, place: number): void {
    if (node === NONE) {
      this.left[place] = NONE;
      this.right[place] = NONE;
    } else if (this.isBefore(node, place)) {
      this.split(this.right[node]!, place);
      this.right[node] = this.left[place]!;
      this.left[place] = node;
      this.update(node);
    } else {
      this.split(this.left[node]!, place);
      this.left[node] = this.right[place]!;
      this.right[place] = node;
      this.update(node);
    }
  }

  private remove(node: number, place: number): number {
    if (node === place) return this.merge(this.left[node]!, this.right[node]!);
    if (this.isBefore(place, node)) this.left[node] = this.remove(this.left[node]!, place);
    else this.right[node] = this.remove(this.right[node]!, place);
    this.update(node);
    return node;
  }

  private merge(a: number, b: number): number {
    if (a === NONE) return b;
    if (b === NONE) return a;
    if (this.priority[a]! > this.priority[b]!) {
      this.right[a] = this.merge(this.right[a]!, b);
      this.update(a);
      return a;
    }
    this.left[b] = this.merge(a, this.left[b]!);
    this.update(b);
    return b;
  }
}
