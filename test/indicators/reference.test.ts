import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bars, indicatorCatalog, trima } from '../../src/lib/indicators/index.ts';
import { type Columns, evaluate, firstValue } from './evaluate.ts';

type Reference = { readonly first: number; readonly rows: readonly number[]; readonly values: readonly number[] };
type Fixture = {
  readonly source: string;
  readonly bars: Readonly<Record<keyof Columns, readonly number[]>>;
  readonly talib: Readonly<Record<string, Reference>>;
  readonly definitions: Readonly<Record<string, Reference>>;
  readonly trimaOdd: Reference;
};

// Made by fixtures/make_fixtures.py; the programs and versions are in `source`.
const fixture: Fixture = JSON.parse(readFileSync(new URL('./fixtures/sp500.json', import.meta.url), 'utf8'));
const columns: Columns = {
  time: Float64Array.from(fixture.bars.time),
  open: Float64Array.from(fixture.bars.open),
  high: Float64Array.from(fixture.bars.high),
  low: Float64Array.from(fixture.bars.low),
  close: Float64Array.from(fixture.bars.close),
  volume: Float64Array.from(fixture.bars.volume),
};

const examples = new Map(
  indicatorCatalog.flatMap((entry) =>
    Object.entries(entry.example).map(
      ([output, expression]) => [output === 'value' ? entry.name : `${entry.name}.${output}`, expression] as const,
    ),
  ),
);

/** TA-Lib starts all outputs of an indicator together, or later than the first sound value. */
const startsEarlier = new Set([
  'macd.macd',
  'stochasticFast.k',
  'stochastic.k',
  'stochasticRsi.k',
  'chaikinOscillator',
  'rollingBeta',
]);

/** Relative to the value, or to a thousandth of the largest where the series passes through zero. */
function expectAgreement(values: Float64Array, reference: Reference, tolerance = 1e-9): void {
  const scale = Math.max(...reference.values.map(Math.abs));
  reference.rows.forEach((row, k) => {
    const expected = reference.values[k]!;
    const allowed = tolerance * Math.max(Math.abs(expected), 1e-3 * scale);
    expect(Math.abs(values[row]! - expected), `row ${row}: ${values[row]} for ${expected}`).toBeLessThanOrEqual(
      allowed,
    );
  });
}

describe('on real bars', () => {
  it.each(Object.entries(fixture.talib))('%s agrees with TA-Lib from the same row on', (name, reference) => {
    const values = evaluate(examples.get(name)!, columns);
    if (startsEarlier.has(name)) expect(firstValue(values)).toBeLessThanOrEqual(reference.first);
    else expect(firstValue(values)).toBe(reference.first);
    expectAgreement(values, reference);
  });

  it.each(Object.entries(fixture.definitions))(
    '%s agrees with its definition in numpy and pandas',
    (name, reference) => {
      const values = evaluate(examples.get(name)!, columns);
      expect(firstValue(values)).toBe(reference.first);
      expectAgreement(values, reference);
    },
  );

  it('has a reference for every output of the catalogue but plain comparisons', () => {
    const plain = ['gt', 'lt', 'ge', 'le', 'eq', 'and', 'or', 'not', 'where', 'addScaled', 'divOr'];
    const missing = [...examples.keys()].filter((name) => !(name in fixture.talib) && !(name in fixture.definitions));
    expect(missing.sort()).toEqual(plain.sort());
  });

  it('splits an odd triangular average as TA-Lib does', () => {
    expectAgreement(evaluate(trima(bars.close, 9), columns), fixture.trimaOdd);
  });
});
