/** Expressions over whole series in one call: what a notebook uses. */
import { blocksFromBars } from '../frame/index.ts';
import { type Bars, barCount } from '../model/index.ts';
import { createEvaluator } from './evaluator.ts';
import type { Expr } from './expression.ts';
import { isAlone, type Plan, type PlanNode, planOf } from './plan.ts';
import { unwrittenColumn } from './result-memory.ts';

/**
 * Values of an expression at each bar of one instrument, NaN until warm.
 * @example const fast = evaluate(sma(bars.close, 20), btc);
 */
export function evaluate(expression: Expr, bars: Bars): Float64Array {
  return evaluateAll({ value: expression }, [bars])[0]!['value']!;
}

/** Named expressions for several instruments at once, so that `of` and cross-sections have what they look at. One record of columns per instrument. */
export function evaluateAll(
  expressions: Readonly<Record<string, Expr>>,
  bars: readonly Bars[],
): Record<string, Float64Array>[] {
  const names = Object.keys(expressions);
  const plan = planOf(Object.values(expressions));
  if (!isAlone(plan)) return evaluateTogether(expressions, bars);
  return bars.map((b) => {
    const columns = evaluateAlone(plan, b);
    return Object.fromEntries(names.map((name, k) => [name, columns[k]!]));
  });
}

/** Rows that all parts of an expression are computed over before the next: what one wrote is still in the cache for another. */
export const TILE = 16_384;

/** Kernels read the bars and write the results where they are; what stands between them is kept for one tile. */
function evaluateAlone({ nodes, outputs }: Plan, bars: Bars): Float64Array[] {
  const rows = barCount(bars);
  const columns = nodes.map((node, k) => {
    if (node.kind === 'field') return bars[node.field];
    const column = unwrittenColumn(outputs.includes(k) ? rows : Math.min(rows, TILE));
    return node.kind === 'constant' ? column.fill(node.value) : column;
  });
  const scans = nodes.map((node) => (node.kind === 'kernel' ? node.kernel.start() : undefined));
  for (let from = 0; from < rows; from += TILE) {
    const to = Math.min(rows, from + TILE);
    const tiles = columns.map((column) => (column.length < rows ? column : column.subarray(from, to)));
    nodes.forEach((node, k) => {
      if (node.kind === 'kernel') scans[k]!(inputsOf(node, tiles), tiles[k]!, 0, to - from);
    });
  }
  // Every result is a column of its own, to be written on as its owner likes.
  return outputs.map((k, n) =>
    nodes[k]!.kind === 'field' || outputs.indexOf(k) < n ? columns[k]!.slice() : columns[k]!,
  );
}

const inputsOf = (node: Extract<PlanNode, { kind: 'kernel' }>, values: readonly Float64Array[]): Float64Array[] =>
  node.inputs.map((j) => values[j]!);

function evaluateTogether(
  expressions: Readonly<Record<string, Expr>>,
  bars: readonly Bars[],
): Record<string, Float64Array>[] {
  const source = blocksFromBars(bars);
  const names = Object.keys(expressions);
  const evaluator = createEvaluator({ expressions: Object.values(expressions), instruments: source.instruments });
  const results = bars.map((b) => Object.fromEntries(names.map((name) => [name, unwrittenColumn(barCount(b))])));
  const written = new Int32Array(bars.length);
  for (const block of source.blocks()) {
    evaluator.evaluate(block);
    evaluator.completeAll();
    const columns = evaluator.columns;
    results.forEach((result, i) => {
      const from = block.starts[i]!;
      const to = block.starts[i + 1]!;
      names.forEach((name, k) => {
        result[name]!.set(columns[k]!.subarray(from, to), written[i]!);
      });
      written[i]! += to - from;
    });
  }
  return results;
}
