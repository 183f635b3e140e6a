import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Charge, instrument } from '../../src/lib/model/index.ts';
import { type Account, createAccount, defaultAccount, TOTAL } from '../../src/lib/portfolio/index.ts';

const instruments = [
  instrument('AAA', { kind: 'equity' }),
  instrument('BTC/USDT'),
  instrument('ES', { kind: 'future', multiplier: 50 }),
];
const fresh = (cash = 100_000): Account => createAccount({ ...defaultAccount, cash }, instruments);
const total = (account: Account, name: keyof typeof TOTAL): number => {
  account.value();
  return account.totals[TOTAL[name]]!;
};

describe('account', () => {
  it('starts with its cash and nothing else', () => {
    const account = fresh(500);
    expect(total(account, 'equity')).toBe(500);
    expect(account.openCount).toBe(0);
    expect(account.price[0]).toBeNaN();
  });

  it('averages the cost of what is added', () => {
    const account = fresh();
    account.applyFill(0, 10, 100, 0, 0);
    account.applyFill(0, 30, 120, 0, 0);
    expect(account.averagePrice[0]).toBe(115);
    expect(account.quantity[0]).toBe(40);
    expect(total(account, 'realised')).toBe(0);
  });

  it('realises profit only on the part that closes', () => {
    const account = fresh();
    account.applyFill(0, 10, 100, 1, 0);
    account.applyFill(0, -4, 110, 1, 0);
    expect(total(account, 'realised')).toBe(40);
    expect(account.averagePrice[0]).toBe(100);
    expect(account.quantity[0]).toBe(6);
    expect(total(account, 'fees')).toBe(2);
  });

  it('realises profit only on the closed part of a flip, and opens the rest at the fill', () => {
    const account = fresh();
    account.applyFill(0, 10, 100, 0, 0);
    account.applyFill(0, -15, 110, 0, 0);
    account.price[0] = 100;
    expect(total(account, 'realised')).toBe(100);
    expect(account.quantity[0]).toBe(-5);
    expect(account.averagePrice[0]).toBe(110);
    expect(total(account, 'unrealised')).toBe(50);
    expect(total(account, 'equity')).toBe(100_150);
  });

  it('earns on a short that falls', () => {
    const account = fresh();
    account.applyFill(0, -10, 100, 0, 0);
    account.applyFill(0, 10, 80, 0, 0);
    expect(total(account, 'realised')).toBe(200);
    expect(total(account, 'cash')).toBe(100_200);
    expect(account.averagePrice[0]).toBe(0);
  });

  it('counts a unit with the multiplier of its contract', () => {
    const account = fresh();
    account.applyFill(2, 2, 1000, 0, 0);
    account.price[2] = 1010;
    expect(total(account, 'unrealised')).toBe(1000);
    expect(total(account, 'gross')).toBe(101_000);
  });

  it('is flat after lots that cancel in decimals though not in binary', () => {
    const account = fresh();
    account.applyFill(1, 0.1, 100, 0, 0);
    account.applyFill(1, 0.2, 100, 0, 0);
    account.applyFill(1, -0.3, 100, 0, 0);
    expect(account.quantity[1]).toBe(0);
    expect(account.openCount).toBe(0);
  });

  it('values a position at its fill until the first mark', () => {
    const account = fresh();
    account.applyFill(0, 10, 100, 0, 0);
    expect(total(account, 'equity')).toBe(100_000);
  });

  it('keeps gross and net apart', () => {
    const account = fresh();
    account.applyFill(0, 10, 100, 0, 0);
    account.applyFill(1, -3, 100, 0, 0);
    expect(total(account, 'gross')).toBe(1300);
    expect(total(account, 'net')).toBe(700);
  });

  it('pays charges and receives dividends', () => {
    const account = fresh(1000);
    for (const charge of ['borrow', 'interest', 'funding'] as const) account.charge(charge, 10);
    account.charge('dividend', -100);
    expect(total(account, 'cash')).toBe(1070);
    expect(total(account, 'dividends')).toBe(100);
    expect(total(account, 'equity')).toBe(1000 - 30 + 100);
  });

  it('keeps the value of a position through a split', () => {
    const account = fresh();
    account.applyFill(0, 10, 100, 0, 0);
    account.price[0] = 120;
    const before = total(account, 'equity');
    account.split(0, 4);
    expect(total(account, 'equity')).toBe(before);
    expect(account.quantity[0]).toBe(40);
    expect(account.averagePrice[0]).toBe(25);
    expect(account.price[0]).toBe(30);
  });

  it('lists exactly the instruments that are held', () => {
    const account = fresh();
    for (const i of [0, 1, 2]) account.applyFill(i, 1, 10, 0, 0);
    account.applyFill(0, -1, 10, 0, 0);
    expect([...account.open.subarray(0, account.openCount)].sort()).toEqual([1, 2]);
    account.applyFill(2, -1, 10, 0, 0);
    account.applyFill(0, -1, 10, 0, 0);
    expect([...account.open.subarray(0, account.openCount)].sort()).toEqual([0, 1]);
  });

  it('takes a fill of NaN or infinity for a bug', () => {
    expect(() => fresh().applyFill(0, Number.NaN, 1, 0, 0)).toThrow('invariant');
    expect(() => fresh().applyFill(0, 1, Number.POSITIVE_INFINITY, 0, 0)).toThrow('invariant');
    expect(() => fresh().applyFill(0, 1, 1, Number.NaN, 0)).toThrow('invariant');
    expect(() => fresh().split(0, 0)).toThrow('invariant');
  });
});

const price = fc.double({ min: 0.01, max: 5000, noNaN: true });
const index = fc.integer({ min: 0, max: instruments.length - 1 });
const event = fc.oneof(
  fc.record({
    kind: fc.constant('fill' as const),
    index,
    quantity: fc.oneof(fc.integer({ min: -50, max: 50 }), fc.double({ min: -50, max: 50, noNaN: true })),
    price,
    fee: fc.double({ min: -1, max: 5, noNaN: true }),
  }),
  fc.record({ kind: fc.constant('close' as const), index, price }),
  fc.record({ kind: fc.constant('mark' as const), index, price }),
  fc.record({
    kind: fc.constant('charge' as const),
    charge: fc.constantFrom<Charge>('borrow', 'interest', 'funding', 'dividend'),
    amount: fc.double({ min: -100, max: 100, noNaN: true }),
  }),
  fc.record({ kind: fc.constant('split' as const), index, ratio: fc.constantFrom(2, 3, 0.1, 1.5) }),
);

describe('the identity of the ledger', () => {
  it('holds at every event to 1e-9 of the money in play', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 200 }), (events) => {
        const account = fresh();
        let turnover = 100_000;
        for (const e of events) {
          switch (e.kind) {
            case 'fill':
              account.applyFill(e.index, e.quantity, e.price, e.fee, 0);
              turnover += Math.abs(e.quantity * e.price * instruments[e.index]!.multiplier);
              break;
            case 'close':
              account.applyFill(e.index, -account.quantity[e.index]!, e.price, 0, 0);
              expect(account.quantity[e.index]).toBe(0);
              break;
            case 'mark':
              account.price[e.index] = e.price;
              break;
            case 'charge':
              account.charge(e.charge, e.amount);
              break;
            case 'split':
              account.split(e.index, e.ratio);
              break;
          }
          account.value();
          const t = (name: keyof typeof TOTAL): number => account.totals[TOTAL[name]]!;
          const explained =
            100_000 +
            t('realised') +
            t('unrealised') -
            t('fees') -
            t('borrow') -
            t('interest') -
            t('funding') +
            t('dividends');
          const scale = Math.max(turnover, Math.abs(t('equity')), t('gross'));
          expect(Math.abs(t('equity') - explained)).toBeLessThanOrEqual(1e-9 * scale);
          expect(t('equity')).toBe(t('cash') + t('net'));
          const open = [...account.open.subarray(0, account.openCount)].sort();
          expect(open).toEqual([0, 1, 2].filter((i) => account.quantity[i] !== 0));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on the order in which instruments are filled', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 99 }))), (fills) => {
        const together = fresh();
        const apart = fresh();
        for (const [q, p] of fills) {
          together.applyFill(0, q, p, 0, 0);
          together.applyFill(1, -q, p, 0, 0);
        }
        for (const [q, p] of fills) apart.applyFill(0, q, p, 0, 0);
        for (const [q, p] of fills) apart.applyFill(1, -q, p, 0, 0);
        expect(total(apart, 'equity')).toBeCloseTo(total(together, 'equity'), 6);
        expect(apart.averagePrice).toEqual(together.averagePrice);
      }),
    );
  });
});
