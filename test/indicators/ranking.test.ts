import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksFromBars } from '../../src/lib/frame/index.ts';
import { bars, createEvaluator, crossRank } from '../../src/lib/indicators/index.ts';
import { instrument } from '../../src/lib/model/index.ts';
import { randomBars } from '../market.ts';

/** Ranks of values that stand beside each other at one instant. */
function ranksOf(values: readonly number[]): number[] {
  const market = values.map((value, i) => ({
    ...randomBars(1, i, { instrument: instrument(`S${i}`) }),
    close: Float64Array.of(value),
  }));
  const source = blocksFromBars(market);
  const evaluator = createEvaluator({ expressions: [crossRank(bars.close)], instruments: source.instruments });
  for (const block of source.blocks()) evaluator.evaluate(block);
  evaluator.completeAll();
  return [...evaluator.columns[0]!.subarray(0, values.length)];
}

/** The share of the others that are smaller, equal ones counted half: the definition, value by value. */
function defined(values: readonly number[]): number[] {
  const known = values.filter((v) => !Number.isNaN(v));
  return values.map((value) => {
    if (Number.isNaN(value)) return Number.NaN;
    if (known.length === 1) return 0.5;
    const below = known.filter((v) => v < value).length;
    const upTo = known.filter((v) => v <= value).length;
    return (below + upTo - 1) / 2 / (known.length - 1);
  });
}

const anyNumber = fc.double();
/** Numbers that differ in their last bits only, equal ones, and zeros of both signs. */
const close = fc.integer({ min: -4, max: 4 }).map((k) => 1 + k * Number.EPSILON);
/** Values as they mostly are: spread over some range. */
const spread = fc.integer({ min: -500, max: 500 }).map((k) => k / 8);
const few = fc.constantFrom(
  0,
  -0,
  1,
  -1,
  Number.MIN_VALUE,
  Number.MAX_VALUE,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
);

describe('ranks in a cross-section', () => {
  it('are those of the definition, for ties, neighbours, infinities and missing values too', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(fc.oneof(anyNumber, close, few), { minLength: 1, maxLength: 40 }),
          fc.array(spread, { minLength: 1, maxLength: 120 }),
        ),
        (values) => {
          expect(ranksOf(values)).toEqual(defined(values));
        },
      ),
      { numRuns: 200 },
    );
  });
});
