import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as indicators from '../../src/lib/indicators/index.ts';
import {
  apply,
  type Expr,
  type FlatValue,
  field,
  indicatorCatalog,
  isRecursive,
  type Kernel,
} from '../../src/lib/indicators/index.ts';
import { type Columns, evaluate, firstValue } from './evaluate.ts';
import { flatBars, randomBars } from './series.ts';

const ROWS = 420;
const rates = { numRuns: 8 };

/** All kernels below an expression, by key. */
function kernelsOf(expression: Expr, found = new Map<string, Kernel>()): Map<string, Kernel> {
  if (expression.kind === 'kernel') {
    found.set(`${expression.kernel.name}(${expression.kernel.args.join()})`, expression.kernel);
    for (const input of expression.inputs) kernelsOf(input, found);
  }
  return found;
}

const outputs = indicatorCatalog.flatMap((entry) =>
  Object.entries(entry.example).map(([output, expression]) => ({
    label: output === 'value' ? entry.name : `${entry.name}.${output}`,
    entry,
    output,
    expression,
  })),
);

const kernels = [...new Map(outputs.flatMap((o) => [...kernelsOf(o.expression)]))].map(([label, kernel]) => ({
  label,
  kernel,
}));

const mapColumns = (columns: Columns, change: (values: Float64Array, name: string) => Float64Array): Columns => ({
  time: change(columns.time, 'time'),
  open: change(columns.open, 'open'),
  high: change(columns.high, 'high'),
  low: change(columns.low, 'low'),
  close: change(columns.close, 'close'),
  volume: change(columns.volume, 'volume'),
});

/** First row where two results differ in any bit, undefined when none does: quicker than a deep comparison of arrays. */
function firstDifference(a: Float64Array, b: Float64Array): string | undefined {
  if (a.length !== b.length) return `${a.length} and ${b.length} rows`;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return `row ${i}: ${a[i]} and ${b[i]}`;
  return undefined;
}

/** Random ends of pieces that cover all rows, many of them a single row, some long enough for the form that works on many rows at once. */
const pieces = fc
  .array(fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 64, max: 200 })), {
    minLength: ROWS,
    maxLength: ROWS,
  })
  .map((lengths) => {
    const ends: number[] = [];
    let end = 0;
    for (const length of lengths) {
      if (end >= ROWS) break;
      end = Math.min(ROWS, end + length);
      ends.push(end);
    }
    return ends;
  });

const seeds = fc.integer({ min: 0, max: 1e6 });

/** Columns with holes: single rows, runs, and infinities, in any column. */
function withHoles(columns: Columns, seed: number): Columns {
  let k = seed;
  return mapColumns(columns, (values) =>
    values.map((v) => {
      k = (Math.imul(k, 1664525) + 1013904223) >>> 0;
      return k < 2 ** 32 * 0.03 ? (k % 2 === 0 ? Number.NaN : Number.POSITIVE_INFINITY) : v;
    }),
  );
}

describe('the catalogue', () => {
  it('lists at least seventy indicators under distinct names that are exported', () => {
    const names = indicatorCatalog.map((e) => e.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(70);
    for (const name of names) expect(indicators, name).toHaveProperty(name);
  });

  it('lists every exported function that makes expressions', () => {
    const others = [
      ...['apply', 'constant', 'field', 'toExpr', 'of', 'on', 'defineKernel', 'parseExpression'],
      ...['crossCount', 'crossDemean', 'crossMean', 'crossRank', 'crossZscore'],
      ...['bars', 'indicatorCatalog', 'renderIndicatorDocs', 'exampleWarmup', 'isRecursive'],
      ...['bucketOpen', 'evaluate', 'evaluateAll', 'createEvaluator', 'createInstantValues', 'createWorkbench'],
    ];
    expect(others.filter((name, i) => !(name in indicators) || others.indexOf(name) !== i)).toEqual([]);
    const names = new Set(indicatorCatalog.map((e) => e.name));
    expect(Object.keys(indicators).filter((name) => !names.has(name) && !others.includes(name))).toEqual([]);
  });
});

describe.each(kernels)('kernel $label', ({ kernel }) => {
  const names = ['high', 'low', 'close', 'volume', 'open'] as const;
  const direct = apply(kernel, ...names.slice(0, kernel.arity).map(field));

  it('gives the same bits stepped, scanned whole and scanned in pieces of any size, with holes in the input', () => {
    fc.assert(
      fc.property(seeds, pieces, fc.boolean(), (seed, ends, holes) => {
        const bars = randomBars(ROWS, seed);
        const columns = holes ? withHoles(bars, seed) : bars;
        const whole = evaluate(direct, columns);
        expect(firstDifference(evaluate(direct, columns, ends), whole)).toBeUndefined();
        const stepped = evaluate(direct, columns, ends, (k) => k.startStepped());
        expect(firstDifference(stepped, whole)).toBeUndefined();
      }),
      rates,
    );
  });

  it('takes a row for missing wherever one of its values is missing or infinite', () => {
    for (const name of names.slice(0, kernel.arity))
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
        for (let row = 200; row < 208; row++) {
          const columns = randomBars(ROWS, row);
          columns[name][row] = value;
          const whole = evaluate(direct, columns);
          expect(whole[row], `${value} in ${name}, row ${row}`).toBeNaN();
          const stepped = evaluate(direct, columns, [ROWS], (k) => k.startStepped());
          expect(firstDifference(stepped, whole), `${value} in ${name}, row ${row}`).toBeUndefined();
        }
  });

  it('gives the same bits over more rows than are worked on at once, with a gap among them', () => {
    const rows = 9000;
    const columns = randomBars(rows, 5);
    for (const name of names) for (const row of [5000, 5001, 8191]) columns[name][row] = Number.NaN;
    const whole = evaluate(direct, columns);
    expect(
      firstDifference(
        evaluate(direct, columns, [rows], (k) => k.startStepped()),
        whole,
      ),
    ).toBeUndefined();
    expect(firstDifference(evaluate(direct, columns, [70, 4200, 4300, 8800, rows]), whole)).toBeUndefined();
  });

  it('answers an incomplete row with NaN and goes on as if it had not been there', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const columns = withHoles(randomBars(ROWS, seed), seed);
        const inputs = names.slice(0, kernel.arity).map((name) => columns[name]);
        const complete = [...columns.close.keys()].filter((i) => inputs.every((c) => Number.isFinite(c[i])));
        const kept = mapColumns(columns, (values) => Float64Array.from(complete, (i) => values[i]!));
        const gappy = evaluate(direct, columns);
        const values = Float64Array.from(complete, (i) => gappy[i]!);
        expect(firstDifference(values, evaluate(direct, kept))).toBeUndefined();
        const known = new Set(complete);
        const incomplete = gappy.filter((_, i) => !known.has(i));
        expect(incomplete.every(Number.isNaN)).toBe(true);
      }),
      rates,
    );
  });
});

describe.each(outputs)('indicator $label', ({ entry, output, expression }) => {
  it('says exactly when its first value comes', () => {
    const first = firstValue(evaluate(expression, randomBars(ROWS, 7)));
    if (entry.startsLate) expect(first).toBeGreaterThanOrEqual(expression.warmup);
    else expect(first).toBe(expression.warmup);
  });

  it('never lets the future change the past', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: ROWS - 1 }), (seed, cut) => {
        const columns = randomBars(ROWS, seed);
        const other = randomBars(ROWS, seed + 1);
        const changed = mapColumns(columns, (values, name) => {
          const copy = values.slice();
          const from = other[name as keyof Columns];
          copy.set(from.subarray(cut), cut);
          return copy;
        });
        const before = evaluate(expression, columns).subarray(0, cut);
        expect(firstDifference(evaluate(expression, changed).subarray(0, cut), before)).toBeUndefined();
      }),
      rates,
    );
  });

  it('has the documented value on flat bars, and no infinity', () => {
    const values = evaluate(expression, flatBars(ROWS)).subarray(expression.warmup);
    const { flat } = entry;
    const expected: FlatValue = typeof flat === 'object' ? flat[output]! : flat;
    if (expected === 'missing') expect(values.every(Number.isNaN)).toBe(true);
    else if (expected === 'varies') expect(values.every(Number.isFinite)).toBe(true);
    else {
      const number = expected === 'price' ? 100 : expected;
      expect(values.find((value) => Math.abs(value - number) > 1e-10)).toBeUndefined();
      expect(values.every(Number.isFinite)).toBe(true);
    }
  });

  it('has values, all finite, on moving prices', () => {
    const values = evaluate(expression, randomBars(ROWS, 3)).subarray(expression.warmup);
    expect(values.some(Number.isFinite)).toBe(true);
    expect(values.every((v) => Math.abs(v) !== Number.POSITIVE_INFINITY)).toBe(true);
    if (!entry.startsLate) expect(values.every(Number.isFinite)).toBe(true);
  });

  it('gives no value on no rows and on rows that are all missing', () => {
    expect(evaluate(expression, flatBars(0))).toEqual(new Float64Array(0));
    const missing = flatBars(50, Number.NaN, Number.NaN);
    expect(evaluate(expression, missing).every(Number.isNaN)).toBe(true);
  });

  it.runIf(entry.scaling !== undefined)('follows the scale of prices as it claims', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(0.125, 4, 1024), (seed, factor) => {
        const columns = randomBars(ROWS, seed);
        const scaled = mapColumns(columns, (values, name) =>
          name === 'volume' || name === 'time' ? values : values.map((v) => v * factor),
        );
        const plain = evaluate(expression, columns);
        const expected = entry.scaling === 'proportional' ? plain.map((v) => v * factor) : plain;
        const found = evaluate(expression, scaled);
        // A power of two scales without rounding; logarithms of sums are the exception.
        found.forEach((v, i) => {
          if (Math.abs(v - expected[i]!) > 1e-9 * Math.max(1, Math.abs(expected[i]!))) expect(v).toBe(expected[i]);
        });
        expect(found.every((v, i) => Number.isNaN(v) === Number.isNaN(expected[i]!))).toBe(true);
      }),
      rates,
    );
  });

  it.runIf(!isRecursive(expression) && !entry.startsLate)('depends on no more history than its warm-up', () => {
    const columns = randomBars(ROWS, 11);
    const cut = ROWS - expression.warmup - 20;
    const late = mapColumns(columns, (values) => values.subarray(cut));
    const whole = evaluate(expression, columns).subarray(ROWS - 20);
    const short = evaluate(expression, late).subarray(expression.warmup);
    // Block boundaries fall elsewhere, so sums may round differently.
    const scale = Math.max(1, ...whole.map(Math.abs));
    expect(short.find((v, i) => !(Math.abs(v - whole[i]!) <= 1e-9 * scale))).toBeUndefined();
  });
});
