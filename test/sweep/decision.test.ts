/** A target that is read from its text and looked at two rows at a time decides as the function does when it is called. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boolean, choice, defineStrategy, number, type Strategy } from '../../src/lib/index.ts';
import { scanOf } from '../../src/lib/sweep/decision-scan.ts';
import { readDecision } from '../../src/lib/sweep/decision-text.ts';
import { SignalLoader } from '../../src/lib/sweep/signal-loader.ts';
import { targetKernel } from '../../src/lib/sweep/target-kernel.ts';
import meanReversion from '../../strategies/mean-reversion.ts';
import momentum from '../../strategies/momentum.ts';
import averageCross from '../../strategies/moving-average-cross.ts';

type Target = NonNullable<Strategy['target']>;

// The functions are made from text, as those of strategy files are.
const made = (text: string): Target => new Function(`return (${text})`)() as Target;

describe('reading a target', () => {
  it.each([
    '(row, p, held) => (row.a > p.x ? 1 : row.a < -p.x ? -1 : held)',
    'function (row, p, held) { if (row.a >= row.b && !(row.a === 2)) return 1; else { return p.on ? -1 : held } }',
    'row => row.a / 2.5e-1',
    '({ a, b: other }, { x }, held) => { const gap = a - other; const wide = gap > x || gap < -x; return wide ? gap : held }',
    '({ target(row, p) { /* a comment */ return row.a * (1 + p.x) // and another\n } }).target',
    "(row, p) => (p.kind === 'one' ? row.a : row.b)",
    '(row, p, held) => { if (held > 0) { if (row.a < 0) return 0 } return row.b > .5 ? 1 : held; }',
  ])('takes %s', (text) => {
    expect(readDecision(made(text))).toBeDefined();
  });

  it.each([
    '(row) => Math.abs(row.a)',
    '(row, p, held) => --held',
    '(row, p, held) => { let size = row.a; return size }',
    '(row) => { if (row.a > 0) return 1 }',
    '(row) => { return\n row.a }',
    '(row) => row.a ** 2',
    '(row) => row.a % 2',
    '(row) => row.a ?? 1',
    "(row) => row['a']",
    '(row) => row.a > 0 ? 1 : other',
    '(row = {}) => row.a',
    'async (row) => row.a',
    'function* (row) { return row.a }',
    '(row) => { { const a = row.a } return a }',
    '(row) => { const a = row.a; { return a; const a = 1; } }',
    '(row) => { a; const a = 1; return row.a }',
    '((row) => row.a).bind(null)',
  ])('leaves %s', (text) => {
    expect(readDecision(made(text))).toBeUndefined();
  });
});

describe('a target longer than anybody writes', () => {
  it.each([
    ['a sum', `(row, p) => ${new Array(20_000).fill('row.a').join(' + ')}`],
    ['a sum of parameters', `(row, p) => (row.a > ${new Array(20_000).fill('p.x').join(' + ')} ? 1 : 0)`],
    ['choices', `(row, p) => ${Array.from({ length: 2000 }, (_, k) => `row.a < ${k} ? ${k} : `).join('')}0`],
  ])('is only called: %s', (_, text) => {
    expect(readDecision(made(text))).toBeUndefined();
  });

  it('is only called where names stand for names, each twice', () => {
    const twice = Array.from({ length: 100 }, (_, k) => `const a${k + 1} = a${k} + a${k};`).join(' ');
    const term = readDecision(made(`(row, p) => { const a0 = p.x; ${twice} return row.a > a100 ? 1 : 0; }`));
    expect(scanOf(term!, () => ({ address: 0 }))).toBeUndefined();
  });
});

describe('a target of many ways to the same value', () => {
  it('is written out once for each', () => {
    const ways = Array.from({ length: 30 }, (_, k) => `if (row.a > ${k}) { if (row.b > ${k}) return held; }`).join(' ');
    const term = readDecision(made(`(row, p, held) => { ${ways} return 0; }`));
    const began = performance.now();
    scanOf(term!, () => ({ address: 0 }));
    // Two ways at each of them would take hours.
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('a number that is also asked whether it is one', () => {
  it.each([
    '(row) => (row.a > row.b ? (!row.a ? 2 : 1) : 0)',
    '(row) => { const x = row.a > 1 ? row.a : row.b; return x > 0 ? (x ? 1 : 2) : 0; }',
    '(row, p, held) => { const h = held * 2; if (h > row.a) return 0; return h ? 1 : row.b; }',
    '(row, p, held) => { const h = held * 2; return h ? row.b : h > row.a ? 0 : 1; }',
  ])('is only called: %s', (text) => {
    expect(scanOf(readDecision(made(text))!, () => ({ address: 0 }))).toBeUndefined();
  });
});

describe('shipped targets', () => {
  it.each([averageCross, momentum, meanReversion])('$name is looked at two rows at a time', ({ target }) => {
    expect(scanOf(readDecision(target!)!, () => ({ address: 0 }))).toBeDefined();
  });
});

const params = {
  x: number({ default: 0, min: -10, max: 10 }),
  y: number({ default: 0, min: -10, max: 10 }),
  on: boolean({ default: false }),
  kind: choice({ default: 'one', options: ['one', 'two'] }),
};

const { numeric, logical } = fc.letrec<{ numeric: string; logical: string }>((tie) => ({
  numeric: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom('row.a', 'row.b', 'row.close', 'held', 'held', 'p.x', 'p.y', '0', '1', '-1', '0.5', 'row.time'),
    fc
      .tuple(tie('numeric'), fc.constantFrom('+', '-', '*', '/'), tie('numeric'))
      .map(([a, sign, b]) => `(${a} ${sign} ${b})`),
    fc.tuple(tie('logical'), tie('numeric'), tie('numeric')).map(([test, a, b]) => `(${test} ? ${a} : ${b})`),
    tie('numeric').map((a) => `-(${a})`),
  ),
  logical: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom('p.on', "p.kind === 'one'", 'p.x > p.y', 'held !== 0', 'row.a < row.b', 'true'),
    fc
      .tuple(tie('numeric'), fc.constantFrom('<', '<=', '>', '>=', '===', '!==', '==', '!='), tie('numeric'))
      .map(([a, sign, b]) => `(${a} ${sign} ${b})`),
    fc.tuple(tie('logical'), fc.constantFrom('&&', '||'), tie('logical')).map(([a, sign, b]) => `(${a} ${sign} ${b})`),
    tie('logical').map((a) => `!(${a})`),
  ),
}));

/** Statements that return on the way, with a constant that several of them use. */
const targets = fc
  .record({ shared: numeric, tests: fc.array(fc.tuple(logical, numeric), { maxLength: 3 }), last: numeric })
  .map(({ shared, tests, last }) => {
    const ways = tests.map(([test, value]) => `if (${test}) { if (row.a > shared) return ${value}; }`);
    return `(row, p, held) => { const shared = ${shared}; ${ways.join(' ')} return row.b < shared ? held : ${last}; }`;
  });

const cells = fc.oneof(fc.constantFrom(0, -0, 1, -1, 0.5, 2), fc.double({ min: -3, max: 3, noNaN: true }));

function changesOf(
  strategy: Strategy,
  set: Record<string, number | boolean | string>,
  rows: readonly (readonly number[])[],
) {
  const kernel = targetKernel(strategy, ['a', 'b']);
  const columns = [0, 1].map((k) => Float64Array.from(rows, (row) => row[k]!));
  const loader = new SignalLoader(kernel);
  loader.enter(columns, 0, rows.length);
  loader.load([0, 1]);
  rows.forEach(([, , close, held], k) => {
    kernel.bars.close[k] = close!;
    kernel.bars.at[k] = k;
    kernel.targets[0] = held!;
  });
  const count = kernel.find(set, Math.min(1, rows.length), rows.length, true);
  // Nothing need be found after a NaN.
  const end = kernel.targets.subarray(0, count).findIndex((target) => Number.isNaN(target));
  const found = end < 0 ? count : end + 1;
  return { rows: [...kernel.rows.subarray(0, found)], targets: [...kernel.targets.subarray(0, found)] };
}

describe('a target looked at two rows at a time', () => {
  it('changes at the rows at which the function called row by row does, to the bit', () => {
    fc.assert(
      fc.property(
        targets,
        fc.record({ x: cells, y: cells, on: fc.boolean(), kind: fc.constantFrom('one', 'two') }),
        fc.array(fc.tuple(cells, cells, cells, fc.constantFrom(0, 0, 1, -0.5)), { maxLength: 40 }),
        (text, set, rows) => {
          const target = made(text);
          expect(readDecision(target)).toBeDefined();
          const read = defineStrategy({ name: 'read', params, target });
          const called = defineStrategy({ name: 'called', params, target: (...of) => target(...of) });
          expect(changesOf(read, set, rows)).toEqual(changesOf(called, set, rows));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('holds a zero without a sign', () => {
    const target = made('(row, p, held) => (row.a / held > 1 ? 1 : row.a < 0 ? -0 : held)');
    const strategy = defineStrategy({ name: 'unsigned', target });
    const rows = [1, 1, -1, -1, 1].map((a) => [a, 0, 0, 0]);
    expect(changesOf(strategy, {}, rows)).toEqual({ rows: [1, 2, 4], targets: [1, 0, 1] });
  });

  it('is called where a parameter is not of the type it was taken for', () => {
    const target = made('(row, p) => (row.a > 0 ? p.size : 0)');
    const strategy = defineStrategy({ name: 'untyped', target });
    const rows = [0, 1, 1, 0, 1].map((a) => [a, 0, 0, 0]);
    expect(changesOf(strategy, { size: 2 }, rows)).toEqual({ rows: [1, 3, 4], targets: [2, 0, 2] });
    expect(changesOf(strategy, { size: '2' }, rows)).toEqual(changesOf(strategy, { size: 2 }, rows));
  });
});
