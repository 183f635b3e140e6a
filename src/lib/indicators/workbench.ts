/** Bars and what is computed of them in one memory, in which kernels work in place: for many indicators over the same bars. */
import { type Bars, barCount, barFields } from '../model/index.ts';
import { evaluateAll, TILE } from './evaluate.ts';
import type { Expr } from './expression.ts';
import type { Scan } from './kernel.ts';
import { isAlone, type Plan, type PlanNode, planOf } from './plan.ts';
import { ColumnMemory } from './simd/workspace.ts';

export interface Workbench {
  /** Values of an expression at each bar, NaN until warm. The column is valid until `clear`. */
  evaluate(expression: Expr): Float64Array;
  /** Several at once, parts they share only once. */
  evaluateAll(expressions: Readonly<Record<string, Expr>>): Record<string, Float64Array>;
  /** Lets go of all results: their memory is written again by the next. */
  clear(): void;
}

/** Columns there is room for beside those of the bars; results beyond them are computed too, not in place. */
const RESULTS = 64;

/**
 * Copies the bars of one instrument into a memory of their own. The same values to the bit as `evaluate` gives, without the
 * time it takes to bring columns to the kernels and, once results were cleared, to get memory for new ones.
 * @example const desk = createWorkbench(btc); const fast = desk.evaluate(sma(bars.close, 20));
 */
export function createWorkbench(bars: Bars): Workbench {
  const rows = barCount(bars);
  const memory = new ColumnMemory((barFields.length + RESULTS) * (rows + 16));
  const fields = Object.fromEntries(
    barFields.map((name) => {
      const column = memory.column(rows);
      column.set(bars[name]);
      return [name, column];
    }),
  );
  const { used } = memory;

  const columnOf = (node: Exclude<PlanNode, { kind: 'field' }>): Float64Array => {
    const column = memory.column(rows);
    return node.kind === 'constant' ? column.fill(node.value) : column;
  };

  const compute = (plan: Plan): readonly Float64Array[] => {
    const values = plan.nodes.map((node) => (node.kind === 'field' ? fields[node.field]! : columnOf(node)));
    const scans = plan.nodes.flatMap((node, k): Job[] =>
      node.kind === 'kernel'
        ? [{ scan: node.kernel.start(), inputs: node.inputs.map((j) => values[j]!), output: values[k]! }]
        : [],
    );
    for (let from = 0; from < rows; from += TILE) {
      const to = Math.min(rows, from + TILE);
      for (const { scan, inputs, output } of scans) scan(inputs, output, from, to);
    }
    return plan.outputs.map((k) => values[k]!);
  };

  const all = (expressions: Readonly<Record<string, Expr>>): Record<string, Float64Array> => {
    const plan = planOf(Object.values(expressions));
    if (!isAlone(plan)) return evaluateAll(expressions, [bars])[0]!;
    const columns = compute(plan);
    return Object.fromEntries(Object.keys(expressions).map((name, k) => [name, columns[k]!]));
  };

  return {
    evaluate: (expression) => all({ value: expression })['value']!,
    evaluateAll: all,
    clear: () => {
      memory.used = used;
    },
  };
}

type Job = { readonly scan: Scan; readonly inputs: readonly Float64Array[]; readonly output: Float64Array };
