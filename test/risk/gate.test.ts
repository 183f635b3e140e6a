import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instrument, type Order, type Side } from '../../src/lib/model/index.ts';
import { type AccountConfig, createAccount, defaultAccount, Pending, TOTAL } from '../../src/lib/portfolio/index.ts';
import { createRiskGate, type RiskConfig, type Verdict } from '../../src/lib/risk/index.ts';

const instruments = [instrument('AAA'), instrument('BBB', { multiplier: 2 }), instrument('CCC', { kind: 'equity' })];
const idle = pendingOf(0, 0, 0);

function pendingOf(...units: readonly number[]): Pending {
  const pending = new Pending(units.length);
  units.forEach((each, i) => {
    pending.add(i, each);
  });
  return pending;
}

function order(side: Side, quantity: number, details: Partial<Order> = {}): Order {
  return {
    kind: 'market',
    id: 1,
    instrument: 0,
    side,
    quantity,
    timeInForce: 'GTC',
    expires: Number.POSITIVE_INFINITY,
    reduceOnly: false,
    created: 0,
    ...details,
  } as Order;
}

type Setting = { readonly risk?: Partial<RiskConfig>; readonly terms?: Partial<AccountConfig> };

/** An account of 10,000 with every price at 100, and its gate; leverage is free unless a test binds it. */
function setting({ risk = {}, terms = {} }: Setting = {}) {
  const account = createAccount({ ...defaultAccount, cash: 10_000, leverage: 1000, ...terms }, instruments);
  account.price.fill(100);
  const gate = createRiskGate({ onBreach: 'cut', ...risk }, account);
  const hold = (index: number, quantity: number): void => {
    account.applyFill(index, quantity, 100, 0, 0);
    account.value();
  };
  const review = (o: Order, pending = idle, open = 0): Verdict =>
    gate.review(o, account.price[o.instrument]!, pending, open);
  return { account, gate, hold, review };
}

const size = (verdict: Verdict): number => (verdict.ok ? verdict.order.quantity : 0);

describe('size and exposure limits', () => {
  it('passes an order whole where nothing binds', () => {
    const { review } = setting();
    const asked = order('buy', 10);
    expect(review(asked)).toEqual({ ok: true, order: asked, reason: '' });
  });

  it('cuts an order to its largest value and says so', () => {
    const verdict = setting({ risk: { maxOrderNotional: 500 } }).review(order('buy', 10));
    expect(size(verdict)).toBeCloseTo(5, 6);
    expect(verdict.reason).toContain('cut from 10 to 5');
    expect(verdict.reason).toContain('order value limit 500');
  });

  it('refuses instead of cutting when told to', () => {
    const verdict = setting({ risk: { maxOrderNotional: 500, onBreach: 'reject' } }).review(order('buy', 10));
    expect(verdict).toEqual({ ok: false, reason: 'order value limit 500' });
  });

  it('passes an order for exactly the limit', () => {
    const { review } = setting({ risk: { maxPositionWeight: 0.3, maxGrossLeverage: 0.3, maxOrderNotional: 3000 } });
    expect(review(order('sell', 30))).toMatchObject({ ok: true, reason: '' });
  });

  it('counts what is held and what is on its way against the position weight', () => {
    const { review, hold } = setting({ risk: { maxPositionWeight: 0.5 } });
    hold(0, 20);
    expect(size(review(order('buy', 100)))).toBeCloseTo(30, 6);
    expect(size(review(order('buy', 100), pendingOf(10, 0, 0)))).toBeCloseTo(20, 6);
  });

  it('does not rely on a resting exit to make room', () => {
    const { review, hold } = setting({ risk: { maxPositionWeight: 0.5 } });
    hold(0, 20);
    expect(size(review(order('buy', 100), pendingOf(-20, 0, 0)))).toBeCloseTo(30, 6);
  });

  it('values with the multiplier, and a limit or trigger above the market at its own price', () => {
    const { review } = setting({ risk: { maxOrderNotional: 1000 } });
    expect(size(review(order('buy', 50, { instrument: 1 })))).toBeCloseTo(5, 6);
    expect(size(review(order('sell', 50, { kind: 'limit', price: 200 })))).toBeCloseTo(5, 6);
    expect(size(review(order('buy', 50, { kind: 'stop', trigger: 200 })))).toBeCloseTo(5, 6);
    expect(size(review(order('buy', 50, { kind: 'limit', price: 10 })))).toBeCloseTo(10, 6);
  });

  it('bounds gross leverage over all instruments', () => {
    const { review, hold } = setting({ risk: { maxGrossLeverage: 1 } });
    hold(0, 40);
    hold(1, -20);
    const verdict = review(order('buy', 50, { instrument: 2 }));
    expect(size(verdict)).toBe(20);
    expect(verdict.reason).toContain('gross leverage limit 1');
  });

  it('lets a rotation use what its own sales free', () => {
    const { review, hold } = setting({ risk: { maxGrossLeverage: 1 } });
    hold(0, 100);
    expect(review(order('buy', 100, { instrument: 2 })).ok).toBe(false);
    expect(size(review(order('buy', 100, { instrument: 2 }), pendingOf(-100, 0, 0)))).toBe(100);
  });

  it('bounds net leverage on the side that it would grow', () => {
    const { review, hold } = setting({ risk: { maxNetLeverage: 0.2 } });
    hold(0, 50);
    expect(review(order('buy', 1, { instrument: 2 })).ok).toBe(false);
    expect(size(review(order('sell', 100, { instrument: 2 })))).toBe(70);
  });

  it("binds the account's own leverage without any limit configured", () => {
    const { review } = setting({ terms: { leverage: 1 } });
    const verdict = review(order('buy', 250));
    expect(size(verdict)).toBeCloseTo(100, 6);
    expect(verdict.reason).toContain('gross leverage limit 1');
  });

  it('rounds what is left down to the lot, and refuses less than one', () => {
    const { review } = setting({ risk: { maxOrderNotional: 250 } });
    expect(size(review(order('buy', 9, { instrument: 2 })))).toBe(2);
    const tight = setting({ risk: { maxOrderNotional: 50 } });
    expect(tight.review(order('buy', 9, { instrument: 2 }))).toEqual({ ok: false, reason: 'order value limit 50' });
  });

  it('opens nothing once equity is gone', () => {
    const { account, review } = setting({ terms: { leverage: 1 } });
    account.charge('borrow', 20_000);
    account.value();
    expect(review(order('buy', 1)).ok).toBe(false);
  });

  it('sells nothing short in a cash account, and borrows nothing', () => {
    const { review, hold } = setting({ terms: { kind: 'cash' } });
    expect(review(order('sell', 1))).toEqual({ ok: false, reason: 'a cash account cannot sell short' });
    expect(size(review(order('buy', 300)))).toBeCloseTo(100, 6);
    hold(0, 10);
    expect(size(review(order('sell', 25)))).toBe(10);
  });
});

describe('orders that reduce', () => {
  it('pass every limit and every halt', () => {
    const { gate, review, hold } = setting({
      risk: { maxOrderNotional: 1, maxOpenOrders: 0, maxOrdersPerInstant: 0, maxGrossLeverage: 0.1 },
    });
    hold(0, 50);
    gate.kill('stop', 'test');
    expect(review(order('sell', 50), idle, 99)).toMatchObject({ ok: true, reason: '' });
    expect(review(order('sell', 70, { reduceOnly: true }))).toMatchObject({ ok: true, reason: '' });
  });

  it('do not wait for a position where the run is ending', () => {
    const { gate, review } = setting();
    const exit = order('sell', 50, { reduceOnly: true });
    gate.kill('flatten', 'test');
    expect(review(exit).ok).toBe(true);
    gate.kill('stop', 'test');
    expect(review(exit)).toEqual({ ok: false, reason: 'test' });
  });

  it('keep their closing part when the rest is cut', () => {
    const { review, hold } = setting({ risk: { maxPositionWeight: 0.3 } });
    hold(0, 50);
    expect(size(review(order('sell', 200)))).toBeCloseTo(80, 6);
  });

  it('close even when nothing may open', () => {
    const { gate, review, hold } = setting();
    hold(0, 50);
    gate.kill('block', 'maintenance');
    const verdict = review(order('sell', 80));
    expect(size(verdict)).toBe(50);
    expect(verdict.reason).toContain('maintenance');
    expect(review(order('buy', 1))).toEqual({ ok: false, reason: 'maintenance' });
  });
});

describe('malformed orders', () => {
  it.each([
    [order('buy', 0), 'quantity 0 is not positive'],
    [order('buy', Number.NaN), 'quantity NaN'],
    [order('buy', Number.POSITIVE_INFINITY, { reduceOnly: true }), 'quantity Infinity'],
    [order('buy', 1, { instrument: 7 }), 'no instrument 7'],
    [order('buy', 1, { kind: 'limit', price: Number.NaN }), 'price NaN'],
    [order('buy', 1, { kind: 'stop', trigger: Number.NaN }), 'trigger NaN'],
  ])('are refused: %#', (bad, reason) => {
    const { gate } = setting();
    expect(gate.review(bad, 100, idle, 0)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });

  it('include one that cannot be valued', () => {
    const { account, review } = setting();
    account.price[0] = Number.NaN;
    expect(review(order('buy', 1))).toEqual({ ok: false, reason: 'no price to value the order at' });
  });
});

describe('activity limits', () => {
  it('counts open orders', () => {
    const { review } = setting({ risk: { maxOpenOrders: 3 } });
    expect(review(order('buy', 1), idle, 2).ok).toBe(true);
    expect(review(order('buy', 1), idle, 3)).toEqual({ ok: false, reason: '3 open orders, limit 3' });
  });

  it('counts the orders of an instant and starts afresh at the next', () => {
    const { account, gate, review } = setting({ risk: { maxOrdersPerInstant: 2 } });
    expect([1, 2, 3].map(() => review(order('buy', 1)).ok)).toEqual([true, true, false]);
    gate.observe(account.totals, Float64Array.of(1));
    expect(review(order('buy', 1)).ok).toBe(true);
  });
});

describe('review', () => {
  it('never lets exposure past a limit that it was within', () => {
    const quantity = fc.double({ min: 0.01, max: 500, noNaN: true });
    const step = fc.record({ index: fc.integer({ min: 0, max: 2 }), buy: fc.boolean(), quantity, fill: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const limits = { maxPositionWeight: 0.6, maxGrossLeverage: 1.5, maxNetLeverage: 0.8, maxOrderNotional: 4000 };
        const { account, review } = setting({ risk: limits, terms: { leverage: 2 } });
        const pending = pendingOf(0, 0, 0);
        const exposures = (): number[] => {
          const values = instruments.map((x, i) => (account.quantity[i]! + pending.units[i]!) * 100 * x.multiplier);
          const equity = account.totals[TOTAL.equity]!;
          const net = Math.abs(values.reduce((a, b) => a + b, 0)) / equity;
          return [
            ...values.map((v) => Math.abs(v) / equity),
            values.reduce((a, b) => a + Math.abs(b), 0) / equity,
            net,
          ];
        };
        const most = [0.6, 0.6, 0.6, 1.5, 0.8];
        let before = exposures();
        for (const s of steps) {
          const direction = s.buy ? 1 : -1;
          const held = account.quantity[s.index]!;
          const verdict = review(order(s.buy ? 'buy' : 'sell', s.quantity, { instrument: s.index }), pending);
          const closes = held * direction < 0 ? Math.min(Math.abs(held), s.quantity) : 0;
          expect(size(verdict)).toBeLessThanOrEqual(s.quantity);
          expect(size(verdict)).toBeGreaterThanOrEqual(closes);
          if (s.fill) account.applyFill(s.index, direction * size(verdict), 100, 0, 0);
          else if (closes === 0) pending.add(s.index, direction * size(verdict));
          account.value();
          const after = exposures();
          // Net may move past its limit only where an order closed, which nothing may forbid.
          after.forEach((x, k) => {
            if (closes === 0) expect(x).toBeLessThanOrEqual(Math.max(most[k]!, before[k]!) * (1 + 1e-6));
          });
          before = after;
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Feeds equities one day apart and returns what the gate said. */
function watch(risk: Partial<RiskConfig>, equities: readonly number[], stepHours = 24) {
  const { account, gate, review } = setting({ risk });
  const totals = new Float64Array(account.totals.length);
  const states = equities.map((equity, k) => {
    totals[TOTAL.equity] = equity;
    return gate.observe(totals, Float64Array.of((k + 1) * stepHours * 3_600_000));
  });
  return { states, gate, review };
}

describe('drawdown', () => {
  it('halts at the limit and stays halted until released', () => {
    const { states, gate } = watch({ maxDrawdown: { fraction: 0.2, action: 'flatten' } }, [100, 120, 97, 96, 130]);
    expect(states).toEqual(['none', 'none', 'none', 'flatten', 'flatten']);
    expect(gate.reason).toBe('drawdown 20.00 % reached the limit of 20.00 %');
    gate.release();
    expect(gate.state).toBe('none');
    expect(gate.reason).toBe('');
  });

  it('measures afresh after a release', () => {
    const { gate } = watch({ maxDrawdown: { fraction: 0.2, action: 'block' } }, [100, 70]);
    gate.release();
    const totals = new Float64Array(12);
    totals[TOTAL.equity] = 60;
    expect(gate.observe(totals, Float64Array.of(1e9))).toBe('none');
    totals[TOTAL.equity] = 55;
    expect(gate.observe(totals, Float64Array.of(2e9))).toBe('block');
  });

  it('scales openings down linearly between its two ends', () => {
    const scaling = { drawdownScaling: { from: 0.1, to: 0.3 } };
    const allowed = (equity: number): number => size(watch(scaling, [10_000, equity]).review(order('buy', 8)));
    expect(allowed(9500)).toBe(8);
    expect(allowed(8000)).toBeCloseTo(4, 6);
    expect(allowed(7000)).toBe(0);
    expect(watch(scaling, [10_000, 8000]).review(order('buy', 8)).reason).toContain(
      'drawdown 20.00 % scales openings by 0.500',
    );
  });
});

describe('daily loss', () => {
  const limit = (action: 'block' | 'stop') => ({ maxDailyLoss: { fraction: 0.05, action } });

  it('blocks for the rest of the day and resumes the next', () => {
    // Every six hours: the fourth instant is midnight and still belongs to the first day.
    const { states } = watch(limit('block'), [100, 94, 99, 99, 99, 98], 6);
    expect(states).toEqual(['none', 'block', 'block', 'block', 'none', 'none']);
  });

  it('measures each day from the last equity of the day before', () => {
    const { states } = watch(limit('block'), [100, 96, 96, 92, 91, 87.4], 6);
    expect(states).toEqual(['none', 'none', 'none', 'block', 'none', 'block']);
  });

  it('works on daily bars, whose instants are midnights', () => {
    expect(watch(limit('block'), [100, 96, 91, 91]).states).toEqual(['none', 'none', 'block', 'none']);
  });

  it('does not resume from a stop', () => {
    const { states, gate } = watch(limit('stop'), [100, 90, 100, 110]);
    expect(states).toEqual(['none', 'stop', 'stop', 'stop']);
    expect(gate.reason).toContain('daily loss 10.00 %');
  });
});

describe('kill switch', () => {
  it('keeps the strongest action and its reason', () => {
    const { gate } = setting();
    gate.kill('flatten', 'operator');
    gate.kill('block', 'weaker');
    expect([gate.state, gate.reason]).toEqual(['flatten', 'operator']);
    gate.kill('stop', 'stronger');
    expect([gate.state, gate.reason]).toEqual(['stop', 'stronger']);
  });

  it('is told at every instant until released', () => {
    const { account, gate } = setting();
    gate.kill('block', 'operator');
    expect(gate.observe(account.totals, Float64Array.of(1))).toBe('block');
    gate.release();
    expect(gate.observe(account.totals, Float64Array.of(2))).toBe('none');
  });
});
