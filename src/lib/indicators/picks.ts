/** Kernels of a plan whose values are found at single instants, instead of at every row. */
import type { Block, WholeBars } from '../model/index.ts';
import type { Field } from './expression.ts';
import type { PastRows } from './kernel.ts';
import { type Origin, originOf } from './origin.ts';
import type { Plan, PlanNode } from './plan.ts';

/** A kernel, by its position in the plan, over a field some rows back. */
type Picked = { readonly node: number; readonly origin: Origin; readonly past: PastRows };

export class Picks {
  /** Positions of nodes that need no value at every row. */
  readonly spared = new Set<number>();
  private readonly plan: Plan;
  private picked: readonly Picked[];
  private readonly complete: readonly Field[];
  /** Whole columns by the position of their field; undefined before the first block. */
  private columns: Map<number, readonly Float64Array[]> | undefined;
  /** What is seen at the rows of an instant and before, and what comes of it. */
  private now = new Float64Array(0);
  private before = new Float64Array(0);
  private results = new Float64Array(0);

  /**
   * @param isLate tells the positions of nodes that are looked at only where an instant was completed
   * @param complete fields that are known to have no gap
   */
  constructor(plan: Plan, isLate: (node: number) => boolean, complete: readonly Field[]) {
    this.plan = plan;
    this.complete = complete;
    this.picked = plan.nodes.flatMap((_, k) => pickedOf(plan, k)).filter(({ node }) => isLate(node));
  }

  get some(): boolean {
    return this.picked.length > 0;
  }

  /** The first block says whether its bars are there, and their columns have no gap. */
  begin({ whole }: Block): void {
    if (this.columns !== undefined) return;
    this.columns = new Map();
    if (whole !== undefined) for (const { origin } of this.picked) this.take(origin.field, whole);
    this.picked = this.picked.filter(({ origin }) => this.columns!.has(origin.field));
    for (const { node } of this.picked) this.spared.add(node);
    const { nodes } = this.plan;
    for (let k = nodes.length - 1; k >= 0; k--)
      if (originOf(nodes, k) !== undefined && !this.isRead(k)) this.spared.add(k);
    const widest = Math.max(0, ...[...this.columns.values()].map((columns) => columns.length));
    this.now = new Float64Array(widest);
    this.before = new Float64Array(widest);
    this.results = new Float64Array(widest);
  }

  /** Writes the values at rows order[from..to), which are of different instruments. */
  find(values: readonly Float64Array[], block: Block, from: number, to: number): void {
    const { order } = block;
    const { now, before, results } = this;
    for (const { node, origin, past } of this.picked) {
      const columns = this.columns!.get(origin.field)!;
      gather(columns, block as Block & { whole: WholeBars }, origin.rows, now, from, to);
      gather(columns, block as Block & { whole: WholeBars }, origin.rows + past.rows, before, from, to);
      past.combine(now, before, results, to - from);
      const output = values[node]!;
      for (let k = from; k < to; k++) output[order[k]!] = results[k - from]!;
    }
  }

  private take(field: number, { bars }: WholeBars): void {
    const node = this.plan.nodes[field]!;
    if (node.kind !== 'field' || this.columns!.has(field)) return;
    const columns = bars.map((each) => each[node.field]);
    if (this.complete.includes(node.field) || columns.every(isComplete)) this.columns!.set(field, columns);
  }

  /** Something needs the node at every row. */
  private isRead(node: number): boolean {
    const { nodes, outputs } = this.plan;
    return outputs.includes(node) || nodes.some((user, k) => !this.spared.has(k) && inputsOf(user).includes(node));
  }
}

function pickedOf({ nodes }: Plan, k: number): readonly Picked[] {
  const node = nodes[k]!;
  if (node.kind !== 'kernel' || node.kernel.past === undefined) return [];
  const origin = originOf(nodes, node.inputs[0]!);
  return origin === undefined ? [] : [{ node: k, origin, past: node.kernel.past }];
}

/** Values so many rows before rows order[from..to), NaN where there is no such row. */
function gather(
  columns: readonly Float64Array[],
  { order, instrument, starts, whole }: Block & { readonly whole: WholeBars },
  rows: number,
  into: Float64Array,
  from: number,
  to: number,
): void {
  const { first } = whole;
  for (let k = from; k < to; k++) {
    const row = order[k]!;
    const i = instrument[row]!;
    const at = first[i]! + row - starts[i]! - rows;
    into[k - from] = at < 0 ? Number.NaN : columns[i]![at]!;
  }
}

/** Positions of the nodes that a node takes as input. */
export function inputsOf(node: PlanNode): readonly number[] {
  return node.kind === 'kernel' ? node.inputs : 'input' in node ? [node.input] : [];
}

/** No value is missing or infinite. */
function isComplete(column: Float64Array): boolean {
  let [a, b, c, d] = [0, 0, 0, 0];
  let k = 0;
  for (; k + 3 < column.length; k += 4) {
    a += column[k]! - column[k]!;
    b += column[k + 1]! - column[k + 1]!;
    c += column[k + 2]! - column[k + 2]!;
    d += column[k + 3]! - column[k + 3]!;
  }
  for (; k < column.length; k++) a += column[k]! - column[k]!;
  return a + b + c + d === 0;
}
