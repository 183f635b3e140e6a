/** Splits inside of bars that are made longer. */
import { describe, expect, it } from 'vitest';
import { lengthened } from '../../../src/lib/data/adjust/index.ts';
import { resampleBars } from '../../../src/lib/data/index.ts';
import { type Bars, type CorporateAction, DAY, instrument } from '../../../src/lib/model/index.ts';
import { barsOf, START } from '../../market.ts';

/** A price that stands still from a Monday on, as it is told between its splits. */
const closes = [24, 48, 48, 24, 24, 24, 24, 24, 24, 24, 12, 12, 12, 12];
const held = barsOf(
  closes.map((close) => ({ open: close, high: close, low: close, close, volume: 1200 / close })),
  { instrument: instrument('HELD') },
);
const other = { ...held, instrument: instrument('OTHER') };
const weekly = (bars: Bars): Bars => resampleBars(bars, '1w');
const split = (day: number, ratio: number): CorporateAction => ({
  kind: 'split',
  symbol: 'HELD',
  time: START + day * DAY,
  ratio,
});
const pays = (day: number): CorporateAction => ({
  kind: 'dividend',
  symbol: 'HELD',
  time: START + day * DAY,
  amount: 1,
});

describe('bars that are made longer over splits', () => {
  it("are in the units of their ends, and dividends between a bar's open and its split too", () => {
    const actions = [split(1, 0.5), pays(2), split(3, 2), pays(3), split(10, 2), pays(11)];
    const { bars, actions: met } = lengthened([held, other], weekly, actions);
    const [first, second] = bars;
    expect([...first!.low, ...first!.high]).toEqual([24, 12, 24, 12]);
    expect([...first!.volume]).toEqual([350, 700]);
    expect([...second!.high]).toEqual([48, 24]);
    expect(met).toEqual([
      split(0, 0.5),
      { ...pays(2), amount: 0.5 },
      split(0, 2),
      { ...pays(3), amount: 0.5 },
      split(7, 2),
      pays(11),
    ]);
  });

  it('stay as they are where the split comes with their open', () => {
    const { bars, actions, inner } = lengthened([held], weekly, [split(7, 2)]);
    expect([bars, actions, inner]).toEqual([[weekly(held)], [split(7, 2)], []]);
  });
});
