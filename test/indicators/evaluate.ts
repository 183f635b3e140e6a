/** A small evaluator of expressions over one instrument's columns, for tests: every node once, whole or in pieces. */
import type { Expr, Field, Kernel, Scan } from '../../src/lib/indicators/index.ts';

export type Columns = Readonly<Record<Field, Float64Array>>;

export function rowCount(columns: Columns): number {
  return columns.close.length;
}

/** Ends of the pieces a column is scanned in; the whole in one piece unless told. */
export type Pieces = readonly number[];

/** Values of the expression for each row. `start` chooses the kernel's loop. */
export function evaluate(
  expression: Expr,
  columns: Columns,
  pieces: Pieces = [rowCount(columns)],
  start: (kernel: Kernel) => Scan = (kernel) => kernel.start(),
  known = new Map<string, Float64Array>(),
): Float64Array {
  const cached = known.get(expression.key);
  if (cached !== undefined) return cached;
  const rows = rowCount(columns);
  const output = new Float64Array(rows);
  if (expression.kind === 'field') output.set(columns[expression.field]);
  else if (expression.kind === 'constant') output.fill(expression.value);
  else if (expression.kind === 'kernel') {
    const inputs = expression.inputs.map((input) => evaluate(input, columns, pieces, start, known));
    const scan = start(expression.kernel);
    let from = 0;
    for (const to of pieces) {
      scan(inputs, output, from, to);
      from = to;
    }
  } else throw new Error(`${expression.kind} needs more than one instrument`);
  known.set(expression.key, output);
  return output;
}

/** Index of the first value that is not NaN; the length when there is none. */
export function firstValue(values: Float64Array): number {
  const at = values.findIndex((v) => !Number.isNaN(v));
  return at < 0 ? values.length : at;
}
