/** Kernels of a plan whose values are found at single instants, instead of at every row. */
import type { Block, WholeBars } from '../model/index.ts';
import type { Field } from './expression.ts';
import type { PickRows } from './kernel.ts';
import type { Plan, PlanNode } from './plan.ts';

/** A kernel over a field: positions of both in the plan. */
type Picked = { readonly node: number; readonly input: number; readonly pick: PickRows };

export class Picks {
  /** Positions of nodes that need no value at every row. */
  readonly spared = new Set<number>();
  private readonly plan: Plan;
  private picked: readonly Picked[];
  private readonly complete: readonly Field[];
  /** Whole columns by the position of their field; undefined before the first block. */
  private columns: Map<number, readonly Float64Array[]> | undefined;

  /**
   * @param isLate tells the positions of nodes that are looked at only where an instant was completed
   * @param complete fields that are known to have no gap
   */
  constructor(plan: Plan, isLate: (node: number) => boolean, complete: readonly Field[]) {
    this.plan = plan;
    this.complete = complete;
    this.picked = plan.nodes.flatMap((node, k) => pickedOf(plan, node, k)).filter(({ node }) => isLate(node));
  }

  get some(): boolean {
    return this.picked.length > 0;
  }

  /** The first block says whether its bars are there, and their columns have no gap. */
  begin({ whole }: Block): void {
    if (this.columns !== undefined) return;
    this.columns = new Map();
    if (whole !== undefined) for (const { input } of this.picked) this.take(input, whole);
    this.picked = this.picked.filter(({ input }) => this.columns!.has(input));
    for (const { node } of this.picked) this.spared.add(node);
    for (const { input } of this.picked) if (!this.isRead(input)) this.spared.add(input);
  }

  /** Writes the values at rows order[from..to). */
  find(values: readonly Float64Array[], block: Block, from: number, to: number): void {
    for (const { node, input, pick } of this.picked)
      pick(this.columns!.get(input)!, block as Block & { whole: WholeBars }, values[node]!, from, to);
  }

  private take(input: number, { bars }: WholeBars): void {
    const node = this.plan.nodes[input]!;
    if (node.kind !== 'field' || this.columns!.has(input)) return;
    const columns = bars.map((each) => each[node.field]);
    if (this.complete.includes(node.field) || columns.every(isComplete)) this.columns!.set(input, columns);
  }

  /** Something needs the field at every row. */
  private isRead(field: number): boolean {
    const { nodes, outputs } = this.plan;
    return outputs.includes(field) || nodes.some((node, k) => !this.spared.has(k) && inputsOf(node).includes(field));
  }
}

function pickedOf({ nodes }: Plan, node: PlanNode, k: number): readonly Picked[] {
  if (node.kind !== 'kernel' || node.kernel.pick === undefined) return [];
  const input = node.inputs[0]!;
  return nodes[input]!.kind === 'field' ? [{ node: k, input, pick: node.kernel.pick }] : [];
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
