import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  panelFromTicks,
  parseFeatureSpec,
  type Tick,
  type TickChannel,
  tickChannels,
  tickWindows,
} from '../../src/lib/features/index.ts';

const quote = (time: number, bid: number, ask: number, late = 0): Tick => ({
  kind: 'quote',
  eventTime: time,
  ingestTime: time + late,
  bid,
  ask,
});
const trade = (time: number, price: number, quantity: number, late = 0): Tick => ({
  kind: 'trade',
  eventTime: time,
  ingestTime: time + late,
  price,
  quantity,
});

type Row = { readonly at: number } & Readonly<Record<TickChannel, number>>;
function rowsOf(ticks: readonly Tick[], stepMs: number, until?: number): Row[] {
  const rows: Row[] = [];
  const windows = tickWindows(stepMs);
  const take = ({ at, values }: { at: number; values: Float64Array }): void => {
    const channel = (name: TickChannel): number => values[tickChannels.indexOf(name)]!;
    rows.push({
      at,
      return: channel('return'),
      activity: channel('activity'),
      spread: channel('spread'),
      impact: channel('impact'),
      range: channel('range'),
      imbalance: channel('imbalance'),
      delay: channel('delay'),
    });
  };
  for (const tick of ticks) windows.push(tick, take);
  if (until !== undefined) windows.advance(until, take);
  return rows;
}

describe('windows of ticks', () => {
  it('say what trades and quotes did in them', () => {
    const ticks = [
      quote(1000, 99, 101),
      trade(1500, 101, 3),
      trade(2000, 99, 1),
      quote(4000, 100, 104, 50),
      trade(5000, 104, 2),
      quote(9000, 101, 103),
    ];
    const [first, second] = rowsOf(ticks, 5000, 10_000);
    expect(first).toEqual({
      at: 5000,
      return: Number.NaN,
      activity: Math.log1p(101 * 3 + 99),
      spread: (2 / 100 + 4 / 102) / 2,
      impact: Number.NaN,
      range: Math.log(102 / 100),
      imbalance: (3 - 1) / 4,
      delay: 50,
    });
    expect(second!.return).toBe(0);
    expect(second!.imbalance).toBe(1);
    expect(second!.impact).toBe(0);
  });

  it('sign trades at the mid by the price of the trade before', () => {
    const ticks = [quote(0, 99, 101), trade(1, 99.5, 1), trade(2, 100, 1), trade(3, 100, 1)];
    // One sold below the mid, two bought on an uptick and after it.
    expect(rowsOf(ticks, 5000, 5000)[0]!.imbalance).toBeCloseTo(1 / 3, 15);
  });

  it('take prices from trades where there are no quotes', () => {
    const ticks = [trade(0, 100, 1), trade(6000, 110, 1)];
    const rows = rowsOf(ticks, 5000, 10_000);
    expect(rows[1]!.return).toBe(Math.log(1.1));
    expect(rows[1]!.spread).toBeNaN();
  });

  it('end empty ones too, so that time goes on without ticks', () => {
    const rows = rowsOf([quote(0, 99, 101), quote(61_000, 99, 101)], 15_000);
    expect(rows.map((r) => r.at)).toEqual([15_000, 30_000, 45_000, 60_000]);
    expect(rows[2]!.activity).toBe(0);
    expect(rows[2]!.imbalance).toBeNaN();
  });

  it('count a late trade where it arrived, and leave what was told before as it was', () => {
    const prompt = [quote(0, 99, 101), trade(1000, 101, 1), trade(2000, 99, 5), quote(6000, 99, 101)];
    const late = [prompt[0]!, prompt[1]!, quote(6000, 99, 101), trade(2000, 99, 5, 5000)];
    const [told] = rowsOf(late, 5000, 10_000);
    expect(told!.imbalance).toBe(1);
    expect(rowsOf(late, 5000, 10_000)[1]!.imbalance).toBe(-1);
    expect(rowsOf(late, 5000, 10_000)[1]!.delay).toBe(5000);
    expect(rowsOf(prompt, 5000, 5000)[0]!.imbalance).toBeCloseTo(-4 / 6, 15);
  });

  it('never change for what becomes known after them', () => {
    const tick = fc
      .record({
        gap: fc.integer({ min: 0, max: 4000 }),
        late: fc.integer({ min: 0, max: 9000 }),
        up: fc.integer({ min: -3, max: 3 }),
      })
      .map((t) => t);
    fc.assert(
      fc.property(fc.array(tick, { minLength: 5, maxLength: 60 }), fc.integer({ min: 0, max: 59 }), (drawn, cut) => {
        let now = 0;
        const ticks = drawn.map(({ gap, late, up }, i): Tick => {
          now += gap;
          return i % 2 === 0
            ? { kind: 'quote', eventTime: now - late, ingestTime: now, bid: 100 + up, ask: 101 + up }
            : { kind: 'trade', eventTime: now - late, ingestTime: now, price: 100 + up, quantity: 1 + i };
        });
        const known = ticks.slice(0, cut + 1);
        const until = known.at(-1)!.ingestTime;
        const whole = rowsOf(ticks, 5000).filter((row) => row.at <= until);
        expect(rowsOf(known, 5000)).toEqual(whole);
      }),
    );
  });

  it('pass over crossed books and empty trades', () => {
    const ticks = [quote(0, 101, 99), trade(1, 0, 5), trade(2, 100, 0)];
    const [row] = rowsOf(ticks, 5000, 5000);
    expect(row!.activity).toBe(0);
    expect([row!.spread, row!.range, row!.imbalance].every(Number.isNaN)).toBe(true);
  });
});

describe('a panel from ticks', () => {
  const spec = parseFeatureSpec({
    schema: 'sigma.features/1',
    name: 'ticks',
    source: 'ticks',
    timeframe: '5s',
    session: { slots: 4, window: 'continuous' },
    channels: ['imbalance', { name: 'moves', expression: 'return' }],
  });
  const ticks = [trade(1000, 100, 1), trade(2000, 101, 1), trade(11_000, 99, 2), trade(31_000, 100, 1)];

  it('has a row for each window of the session, known when the window ends', () => {
    const { channels, stepMs, series } = panelFromTicks(spec, [{ symbol: 'X', ticks }]);
    expect([channels, stepMs]).toEqual([['imbalance', 'moves'], 5000]);
    expect([...series[0]!.at]).toEqual([5000, 10_000, 15_000, 20_000]);
    expect([...series[0]!.slot]).toEqual([0, 1, 2, 3]);
    expect(series[0]!.values[0]![2]).toBe(-1);
    expect(series[0]!.values[1]![2]).toBe(Math.log(99 / 101));
  });

  it('refuses ticks that are not in the order in which they became known', () => {
    const wrong = [trade(2000, 100, 1), trade(1000, 100, 1)];
    expect(() => panelFromTicks(spec, [{ symbol: 'X', ticks: wrong }])).toThrow(/X: a tick known at 1000.*ingest time/);
  });
});
