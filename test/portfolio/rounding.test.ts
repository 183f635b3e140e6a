import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instrument } from '../../src/lib/model/index.ts';
import { roundPrice, roundQuantity } from '../../src/lib/portfolio/index.ts';

const lots = (lotSize: number) => instrument('X', { lotSize });

describe('roundQuantity', () => {
  it.each([
    [0.1, 0.1 + 0.2, 0.3],
    [0.1, 0.29999999999999993, 0.3],
    [0.1, 0.39, 0.3],
    [1, 2.999999999999, 3],
    [1, 2.99, 2],
    [1, -2.99, -2],
    [100, 299, 200],
    [0.001, 1.0009999, 1],
    [0.00001, 0.123456, 0.12345],
    [1e-8, 12.345678912, 12.34567891],
    [0.25, 0.8, 0.75],
    [2.5, 9.9, 7.5],
    [0, 0.123456789, 0.123456789],
  ])('with lots of %d takes %d to %d', (lotSize, quantity, rounded) => {
    expect(roundQuantity(lots(lotSize), quantity)).toBe(rounded);
  });

  it('gives 0, and never -0, for less than a lot', () => {
    expect(Object.is(roundQuantity(lots(1), -0.5), 0)).toBe(true);
  });

  it('gives 0 below the least quantity and the least notional', () => {
    const x = instrument('X', { lotSize: 0.1, minQuantity: 0.5, minNotional: 100, multiplier: 2 });
    expect(roundQuantity(x, 0.4)).toBe(0);
    expect(roundQuantity(x, 0.5)).toBe(0.5);
    expect(roundQuantity(x, 0.5, 99)).toBe(0);
    expect(roundQuantity(x, 0.5, 100)).toBe(0.5);
    expect(roundQuantity(x, -0.5, 100)).toBe(-0.5);
  });

  it('gives 0 for what is no quantity', () => {
    expect(roundQuantity(lots(1), Number.NaN)).toBe(0);
    expect(roundQuantity(lots(1), Number.POSITIVE_INFINITY)).toBe(0);
  });

  it('goes toward zero by less than a lot, and stays put the second time', () => {
    const steps = fc.constantFrom(0.1, 0.01, 0.001, 1e-5, 1e-8, 0.25, 1, 5, 100);
    fc.assert(
      fc.property(steps, fc.double({ min: -1e6, max: 1e6, noNaN: true }), (step, quantity) => {
        const rounded = roundQuantity(lots(step), quantity);
        // Rounding up by the slack is allowed: a billionth of a lot, or what doubles of this size cannot tell apart.
        const slack = 1e-9 * step + 1e-15 * Math.abs(quantity) * 2;
        expect(Math.abs(rounded)).toBeLessThanOrEqual(Math.abs(quantity) + slack);
        expect(Math.abs(quantity) - Math.abs(rounded)).toBeLessThan(step + slack);
        expect(roundQuantity(lots(step), rounded)).toBe(rounded);
      }),
    );
  });
});

describe('roundPrice', () => {
  const x = instrument('X', { tickSize: 0.05 });
  it('moves a buy down and a sell up to the tick', () => {
    expect(roundPrice(x, 10.07, 'buy')).toBe(10.05);
    expect(roundPrice(x, 10.07, 'sell')).toBe(10.1);
  });
  it('leaves a price on the tick alone', () => {
    expect(roundPrice(x, 0.1 + 0.2, 'buy')).toBe(0.3);
    expect(roundPrice(x, 0.1 + 0.2, 'sell')).toBe(0.3);
  });
  it('leaves any price alone without a tick size, and a missing one missing', () => {
    expect(roundPrice(instrument('X'), 1.23456789, 'buy')).toBe(1.23456789);
    expect(roundPrice(x, Number.NaN, 'buy')).toBeNaN();
  });
});
