/** What the types of a target keep it from, and plain JavaScript does not, comes out alike in both engines: the same result, or the same error. */
import { describe, expect, it } from 'vitest';
import { createSweep, defaultRunConfig, number, type ParamSet, type Strategy } from '../../src/lib/index.ts';
import { roc } from '../../src/lib/indicators/index.ts';
import { mayWrite, mayWriteParams } from '../../src/lib/sweep/target-writes.ts';
import { panel } from '../market.ts';

/** As a strategy file has it: code that is strict, and knows no types. */
const made = (target: string, exits?: string, rebalance?: Strategy['rebalance']): Strategy =>
  new Function(
    'parts',
    `'use strict'; const { base } = parts; return { ...base, target: (${target}), ${exits === undefined ? '' : `exits: (${exits}),`} };`,
  )({
    base: {
      name: 'untyped',
      params: { x: number({ default: 0, min: -10, max: 10 }) },
      signals: ({ close }: Parameters<NonNullable<Strategy['signals']>>[0]) => ({ change: roc(close, 3) }),
      ...(rebalance === undefined ? {} : { rebalance }),
    },
  }) as Strategy;

function both(strategy: Strategy, symbols: readonly string[]): { readonly traded: boolean; readonly error: string } {
  const market = panel(symbols, 200, 4);
  const sets: ParamSet[] = [{ x: 0 }, { x: 0.002 }];
  const [fast, slow] = (['vectorised', 'event'] as const).map((engine) => {
    const { figures, returns, failures } = createSweep({ strategy, market, config: defaultRunConfig, engine }).run(
      sets,
      { returns: true },
    );
    const faults = [...failures].map(([set, { code, found, where }]) => `${set} ${code} ${found} ${where}`);
    return { returns, trades: figures.trades, faults };
  });
  expect(fast).toEqual(slow);
  expect(sets).toEqual([{ x: 0 }, { x: 0.002 }]);
  return { traded: fast!.trades.some((count) => count > 0), error: fast!.faults.join('\n') };
}

describe.each([[['A']], [['A', 'B']]])('over %s a target', (symbols) => {
  it.each([
    ['(row, p, held) => Math.abs(row.change) > (p.x += 0.001) ? 1 : 0', /read only property 'x'/],
    ['(row, p) => { p.last ??= row.close; return row.close > p.last ? 1 : 0; }', /add property last/],
    ['(row, p) => { delete p.x; return row.change > 0 ? 1 : 0; }', /delete property 'x'/],
    ['(row, p) => { for (p.x of [1]) return row.change > 0 ? 1 : 0; }', /read only property 'x'/],
    ['(row) => (row.change = 1)', /property change .* which has only a getter/],
    ["(row) => (row.symbol = 'B')", /property symbol .* which has only a getter/],
    ['(row) => (row.universe = 9)', /property universe .* which has only a getter/],
    ['(row) => (row.index = 9)', /add property index/],
    ['(row) => { row.last ??= row.close; return row.close > row.last ? 1 : 0; }', /add property last/],
  ])('cannot change what it is given: %s', (target, message) => {
    for (const rebalance of [undefined, 'week'] as const)
      expect(both(made(target, undefined, rebalance), symbols).error).toMatch(message);
  });

  it('cannot change them in its exits, nor in its signals', () => {
    const { error } = both(
      made('(row) => row.change > 0 ? 1 : 0', '(row, p) => ({ trailing: { price: p.x = 1 } })'),
      symbols,
    );
    expect(error).toMatch(/read only property 'x'/);
    const signals: Strategy['signals'] = ({ close }, p) => {
      Object.assign(p, { x: 1 });
      return { change: roc(close, 3) };
    };
    expect(both({ ...made('(row) => row.change > 0 ? 1 : 0'), signals }, symbols).error).toMatch(
      /read only property 'x'/,
    );
  });

  it.each([
    'function (row) { return this === undefined && row.change > 0 ? 1 : 0; }',
    '({ target(row) { return this === undefined && row.change > 0 ? 1 : 0; } }).target',
  ])('has no this: %s', (target) => {
    expect(both(made(target), symbols)).toEqual({ traded: true, error: '' });
    const exits = 'function (row) { return { stopLoss: { fraction: this === undefined ? 0.01 : 0.5 } }; }';
    expect(both(made(target, exits), symbols)).toEqual({ traded: true, error: '' });
    expect(both(made('(row) => row.change > 0 ? 1 : 0', exits), symbols).traded).toBe(true);
  });

  it.each([
    '(row) => Object.keys(row).length === 0 && row.change > 0 ? 1 : 0',
    '(row) => Object.keys({ ...row }).length === 0 && row.change > 0 ? 1 : 0',
    "(row) => JSON.stringify(row) === '{}' && row.change > 0 ? 1 : 0",
    '(row) => { for (const name in row) if (row[name] > 0) return -1; return row.change > 0 ? 1 : 0; }',
    '(row) => row.columns === undefined && row.index === undefined && row.change > 0 ? 1 : 0',
  ])('sees a row that lists nothing, nor what comes after it: %s', (target) => {
    expect(both(made(target), symbols)).toEqual({ traded: true, error: '' });
  });
});

describe('the text of a target', () => {
  const written = (text: string): boolean => mayWrite(new Function(`return (${text})`)() as object);

  it.each([
    '(row, p, held) => (Math.abs(row.a) > p.x ? 1 : held)',
    'row => row.a > 0 ? 1 : 0',
    '(row, p) => { let sum = 0; for (const [a, b] of [[row.a, p.x]]) sum = a - b; return sum; }',
    '(row) => { const [low, high] = [row.a, row.b]; for (const x of [1, 2]) if (x > low) return high; }',
    '({ a, b: other }, { x }, held) => { const gap = a - other; let size = 0; if (gap >= x) size = 1; return size; }',
    'function (row, p) { const { x, y } = p; const { a } = row\n return a % 2 === x / y ? 1 : [0, 1][1]; }',
    '({ target(row, p) { return row.symbol.length > p.x ? 1 : 0; } }).target',
  ])('says that it only reads: %s', (text) => {
    expect(written(text)).toBe(false);
  });

  it.each([
    '(bars, p) => ({ range: atr(bars, p.window) })',
    '(bars) => ({ range: atr(bars, 14) })',
    'bars => ({ range: atr(bars, 14) })',
  ])('says that it only reads parameters, whatever becomes of the first argument: %s', (text) => {
    expect(written(text)).toBe(true);
    expect(mayWriteParams(new Function(`return (${text})`)() as object)).toBe(false);
  });

  it.each([
    '(row, p) => (p.x = 1)',
    '(row, p) => (p.x += 1)',
    '(row, p) => p.x++',
    '(row, p) => (p.x ??= 1)',
    "(row, p) => (p['x'] = 1)",
    '(row, p) => ({ a: p.x } = row).a',
    '(row, p) => [p.x] = [1]',
    '(row, p) => delete p.x',
    '(row, p) => { for (p.x of [1]) return 1; }',
    '(row, p) => { for (p.x in { a: 1 }) return 1; }',
    '(row, p) => { for ({ a: p.x } of [row]) return 1; }',
    '(row, p) => { for ([p.x] of [[1]]) return 1; }',
    '(row, p) => { const q = p; return q.x; }',
    '(row, p) => helper(row.a, p)',
    '(row, p) => ({ ...p }).x',
    '(row, p) => p.valueOf().x',
    '(row) => Object.keys(row).length',
    'function () { return arguments[1].x; }',
    '(row, ...rest) => rest[0].x',
    '(row, p = {}) => p.x',
    "(row, p) => eval('p.x = 1')",
    "(row, p) => (/'/.test(row.symbol) ? 1 : 0)",
    '((row, p) => p.x).bind(null)',
  ])('may say that it writes: %s', (text) => {
    expect(written(text)).toBe(true);
    if (/\bp\b/.test(text)) expect(mayWriteParams(new Function(`return (${text})`)() as object)).toBe(true);
  });
});
