/** Columns that are a field some rows back. */
import type { PlanNode } from './plan.ts';

/** The position of a field in a plan, and how many rows before. */
export type Origin = { readonly field: number; readonly rows: number };

/** What a field, or a chain of lags over one, shows at each row where the field has no gap; undefined for every other node. */
export function originOf(nodes: readonly PlanNode[], k: number): Origin | undefined {
  const node = nodes[k]!;
  if (node.kind === 'field') return { field: k, rows: 0 };
  if (node.kind !== 'kernel' || node.kernel.past?.lags !== true) return undefined;
  const origin = originOf(nodes, node.inputs[0]!);
  return origin === undefined ? undefined : { field: origin.field, rows: origin.rows + node.kernel.past.rows };
}
