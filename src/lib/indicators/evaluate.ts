/** Expressions over whole series in one call: what a notebook uses. */
import { blocksFromBars } from '../frame/index.ts';
import type { Bars } from '../model/index.ts';
import { createEvaluator } from './evaluator.ts';
import type { Expr } from './expression.ts';

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
  const source = blocksFromBars(bars);
  const names = Object.keys(expressions);
  const evaluator = createEvaluator({ expressions: Object.values(expressions), instruments: source.instruments });
  const results = bars.map((b) => Object.fromEntries(names.map((name) => [name, new Float64Array(b.time.length)])));
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
