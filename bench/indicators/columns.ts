/** A million random bars, and a loop that evaluates expressions over them the way the engine does: block by block, into memory that is reused. */
import type { Expr, Field } from '../../src/lib/indicators/index.ts';

export type Columns = Readonly<Record<Field, Float64Array>>;

export function randomColumns(rows: number): Columns {
  let seed = 42;
  const next = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const column = (): Float64Array => new Float64Array(rows);
  const columns = { open: column(), high: column(), low: column(), close: column(), volume: column() };
  let price = 100;
  for (let i = 0; i < rows; i++) {
    const open = price;
    price = Math.max(1, price * (1 + 0.004 * (next() - 0.5)));
    columns.open[i] = open;
    columns.close[i] = price;
    columns.high[i] = Math.max(open, price) * (1 + 0.001 * next());
    columns.low[i] = Math.min(open, price) * (1 - 0.001 * next());
    columns.volume[i] = Math.floor(1000 * next());
  }
  return columns;
}

const BLOCK = 4096;

/** Evaluates the expressions with fresh state at each call; results stay in full columns. */
export function evaluator(expressions: readonly Expr[], columns: Columns): () => readonly Float64Array[] {
  const rows = columns.close.length;
  const results = expressions.map(() => new Float64Array(rows));
  const scratch = new Map<string, Float64Array>();
  const kernels: Expr[] = [];
  const visit = (e: Expr): void => {
    if (e.kind !== 'kernel' || scratch.has(e.key)) return;
    e.inputs.forEach(visit);
    scratch.set(e.key, new Float64Array(BLOCK));
    kernels.push(e);
  };
  expressions.forEach(visit);
  const place = new Map(expressions.map((e, k) => [e.key, k]));
  return () => {
    const scans = kernels.map((e) => (e.kind === 'kernel' ? e.kernel.start() : undefined));
    for (let from = 0; from < rows; from += BLOCK) {
      const to = Math.min(rows, from + BLOCK);
      const block = new Map<string, Float64Array>();
      const column = (e: Expr): Float64Array => {
        if (e.kind === 'field') return columns[e.field].subarray(from, to);
        if (e.kind === 'constant') return new Float64Array(BLOCK).fill(e.value);
        return block.get(e.key)!;
      };
      kernels.forEach((e, k) => {
        if (e.kind !== 'kernel') return;
        const result = place.get(e.key);
        const output = result === undefined ? scratch.get(e.key)! : results[result]!.subarray(from, to);
        scans[k]!(e.inputs.map(column), output, 0, to - from);
        block.set(e.key, output);
      });
    }
    return results;
  };
}
