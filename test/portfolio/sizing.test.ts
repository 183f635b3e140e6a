import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SizingConfig, type SizingInputs, sizedQuantity } from '../../src/lib/portfolio/index.ts';

const slot: SizingInputs = { target: 1, slotEquity: 10_000, price: 50, multiplier: 1 };
const atr: SizingConfig = { kind: 'atr', period: 14, multiple: 2, risk: 0.01 };
const volatility: SizingConfig = { kind: 'volatility', period: 20, target: 0.1, maxLeverage: 2 };
const kelly: SizingConfig = { kind: 'kelly', period: 60, fraction: 0.5, maxLeverage: 3 };

describe('sizedQuantity', () => {
  it('takes the target as the weight of its slot', () => {
    expect(sizedQuantity({ kind: 'weight' }, slot)).toBe(200);
    expect(sizedQuantity({ kind: 'weight' }, { ...slot, target: -0.5, multiplier: 10 })).toBe(-10);
  });

  it('holds a fixed quantity or a fixed value', () => {
    expect(sizedQuantity({ kind: 'fixed', quantity: 7 }, { ...slot, target: -1 })).toBe(-7);
    expect(sizedQuantity({ kind: 'fixed', notional: 1000 }, { ...slot, multiplier: 2 })).toBe(10);
  });

  it('loses the risked part of the slot when price moves the multiple of the ATR', () => {
    const quantity = sizedQuantity(atr, { ...slot, atr: 1.5, multiplier: 5 });
    expect(quantity * 2 * 1.5 * 5).toBeCloseTo(100, 10);
  });

  it('holds the slot at the volatility asked for', () => {
    const quantity = sizedQuantity(volatility, { ...slot, volatility: 0.2 });
    expect((quantity * 50 * 0.2) / 10_000).toBeCloseTo(0.1, 12);
  });

  it('caps the leverage of a calm or motionless market', () => {
    expect(sizedQuantity(volatility, { ...slot, volatility: 0.01 })).toBe(400);
    expect(sizedQuantity(volatility, { ...slot, volatility: 0 })).toBe(400);
    expect(sizedQuantity(kelly, { ...slot, mean: 0.001, variance: 0 })).toBe(600);
  });

  it('bets the fraction of mean over variance, as Kelly does', () => {
    // Thorp (2006), section 7.1: m = 0.058, s = 0.2, r = 0 gives f = 1.45 before the fraction.
    const quantity = sizedQuantity(kelly, { ...slot, mean: 0.058, variance: 0.04 });
    expect((quantity * 50) / 10_000).toBeCloseTo(1.45 / 2, 12);
  });

  it('does not bet against the drift, and shorts one that falls', () => {
    expect(sizedQuantity(kelly, { ...slot, mean: -0.01, variance: 0.04 })).toBe(0);
    expect(sizedQuantity(kelly, { ...slot, target: -1, mean: -0.04, variance: 0.04 })).toBe(-100);
  });

  it('is unknown while what it needs is missing', () => {
    for (const sizing of [atr, volatility, kelly]) expect(sizedQuantity(sizing, slot)).toBeNaN();
    expect(sizedQuantity(kelly, { ...slot, mean: 0.1 })).toBeNaN();
    expect(sizedQuantity(atr, { ...slot, atr: 0 })).toBeNaN();
    expect(sizedQuantity({ kind: 'weight' }, { ...slot, price: Number.NaN })).toBeNaN();
    expect(sizedQuantity({ kind: 'weight' }, { ...slot, price: 0 })).toBeNaN();
    expect(sizedQuantity({ kind: 'weight' }, { ...slot, target: Number.NaN })).toBeNaN();
  });

  it('closes at target 0 whatever is missing, and opens nothing with equity gone', () => {
    for (const sizing of [atr, volatility, kelly]) expect(sizedQuantity(sizing, { ...slot, target: 0 })).toBe(0);
    expect(sizedQuantity({ kind: 'weight' }, { ...slot, slotEquity: -5 })).toBe(0);
  });

  it('scales with the equity and mirrors with the target', () => {
    const known = { atr: 2, volatility: 0.3 };
    fc.assert(
      fc.property(
        fc.constantFrom<SizingConfig>({ kind: 'weight' }, atr, volatility),
        fc.double({ min: 0.01, max: 5, noNaN: true }),
        fc.double({ min: 1, max: 1e7, noNaN: true }),
        (sizing, target, slotEquity) => {
          const one = sizedQuantity(sizing, { ...slot, ...known, target, slotEquity });
          expect(sizedQuantity(sizing, { ...slot, ...known, target: -target, slotEquity })).toBe(-one);
          expect(sizedQuantity(sizing, { ...slot, ...known, target, slotEquity: 2 * slotEquity })).toBe(2 * one);
        },
      ),
    );
  });
});
