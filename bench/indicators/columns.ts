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
  const columns = { time: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
  let price = 100;
  for (let i = 0; i < rows; i++) {
    const open = price;
    columns.time[i] = i * 60_000;
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

/** One kernel over one block: columns are cut beforehand, since the engine is handed its blocks. */
type Job = { readonly kernel: number; readonly inputs: readonly Float64Array[]; readonly output: Float64Array };

/** Evaluates the expressions with fresh state at each call; results stay in full columns. */
export function evaluator(expressions: readonly Expr[], columns: Columns): () => readonly Float64Array[] {
  const rows = columns.close.length;
  const results = new Map(expressions.map((e) => [e.key, new Float64Array(rows)]));
  const scratch = new Map<string, Float64Array>();
  const kernels: Extract<Expr, { kind: 'kernel' }>[] = [];
  const visit = (e: Expr): void => {
    if (scratch.has(e.key)) return;
    if (e.kind === 'kernel') e.inputs.forEach(visit);
    scratch.set(e.key, new Float64Array(BLOCK).fill(e.kind === 'constant' ? e.value : Number.NaN));
    if (e.kind === 'kernel') kernels.push(e);
  };
  expressions.forEach(visit);
  const jobs: Job[] = [];
  for (let from = 0; from < rows; from += BLOCK) {
    const cut = (whole: Float64Array): Float64Array => whole.subarray(from, Math.min(rows, from + BLOCK));
    const cuts = new Map<string, Float64Array>();
    const column = (e: Expr): Float64Array => {
      const whole = e.kind === 'field' ? columns[e.field] : results.get(e.key);
      const known = cuts.get(e.key) ?? (whole === undefined ? scratch.get(e.key)! : cut(whole));
      cuts.set(e.key, known);
      return known;
    };
    kernels.forEach((e, kernel) => {
      jobs.push({ kernel, inputs: e.inputs.map(column), output: column(e) });
    });
  }
  const last = rows % BLOCK || BLOCK;
  return () => {
    const scans = kernels.map((e) => e.kernel.start());
    jobs.forEach(({ kernel, inputs, output }, k) => {
      scans[kernel]!(inputs, output, 0, k < jobs.length - kernels.length ? BLOCK : last);
    });
    return [...results.values()];
  };
}
