/** Splits and dividends of a run: read, applied to prices or to positions, kept in the manifest, met again when it is reproduced. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readActions, saveDataset } from '../../src/lib/data/index.ts';
import { type Bars, type CorporateAction, DAY, instrument } from '../../src/lib/model/index.ts';
import { backtest } from '../../src/lib/runs/index.ts';
import { defineStrategy } from '../../src/lib/strategy/index.ts';

const start = Date.UTC(2020, 7, 24);
const splitDay = Date.UTC(2020, 7, 31);
/** A stock at 400 that is split four to one on the eighth day and pays 1 a share two days later. */
const closes = [400, 402, 404, 400, 396, 400, 404, 101, 102, 100, 101, 103];
const stock: Bars = {
  time: Float64Array.from(closes, (_, i) => start + i * DAY),
  open: Float64Array.from(closes),
  high: Float64Array.from(closes),
  low: Float64Array.from(closes),
  close: Float64Array.from(closes),
  volume: new Float64Array(closes.length).fill(1e6),
  instrument: instrument('AAPL'),
  timeframe: '1d',
  closeOnly: false,
};
const actions: readonly CorporateAction[] = [
  { kind: 'split', symbol: 'AAPL', time: splitDay, ratio: 4 },
  { kind: 'dividend', symbol: 'AAPL', time: splitDay + 2 * DAY, amount: 1 },
];
const holds = defineStrategy({ name: 'holds', target: () => 1 });
const free = { data: stock, fees: { kind: 'none' }, slippage: { kind: 'none' }, account: { leverage: 1 } } as const;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigma-actions-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const file = async (name: string, ...lines: readonly string[]): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
};

describe('a file of actions', () => {
  it('is a table of kinds, or of bars with split factors and dividends', async () => {
    const table = await file(
      'table.csv',
      'symbol,time,kind,ratio,amount',
      'AAPL,2020-08-31,split,4:1,',
      'AAPL,2020-09-02,dividend,,1',
    );
    const bars = await file(
      'bars.csv',
      'symbol,timestamp,close,dividend_amount,split_coefficient',
      'AAPL,2020-08-28,404,0,1',
      'AAPL,2020-08-31,101,0,4',
      'AAPL,2020-09-02,100,1,1',
    );
    expect(await readActions(table)).toEqual(actions);
    expect(await readActions(bars)).toEqual(actions);
  });

  it.each([
    ['a ratio that is none', ['symbol,time,kind,ratio', 'A,2020-01-01,split,four'], /x\.csv:2.*four/],
    ['a date that is none', ['symbol,time,ratio', 'A,2020-01-01,2', 'A,soon,3'], /x\.csv:3.*soon/],
    ['an unknown kind', ['symbol,time,kind,ratio', 'A,2020-01-01,merger,2'], /merger.*split or dividend/],
    ['no column for either', ['symbol,time,close', 'A,2020-01-01,2'], /x\.csv.*split_coefficient/],
  ])('with %s is refused by file and row', async (_what, lines, message) => {
    await expect(readActions(await file('x.csv', ...lines))).rejects.toThrow(message);
  });
});

describe('a run over a split and a dividend', () => {
  it('loses three quarters without them, and nothing with them', async () => {
    const without = await backtest(holds, free);
    const positions = await backtest(holds, { ...free, actions });
    const prices = await backtest(holds, { ...free, actions, applyActions: 'prices' });
    expect(without.result.totals.final).toBeLessThan(30_000);
    // Bought at 402 on the second day; 4 x 103 + 4 x 1 of dividends at the end.
    expect(positions.result.totals.final / 100_000).toBeCloseTo((4 * 103 + 4 * 1) / 402, 2);
    expect(positions.result.totals.dividends).toBeGreaterThan(900);
    // Adjusted prices reinvest the dividend: 1 / (1 - 1/102) more units from then on.
    expect(prices.result.totals.final / 100_000).toBeCloseTo((4 * 103) / (1 - 1 / 102) / 402, 2);
    expect(prices.result.totals.dividends).toBe(0);
  });

  describe('that lie inside of its bars', () => {
    /** Rises by one a day from 100; on the Wednesday of the third week each unit becomes two, on the Friday before it pays 4. */
    const split = start + 16 * DAY;
    const price = (day: number): number => (100 + day) / (day < 16 ? 1 : 2);
    const days = Float64Array.from({ length: 42 }, (_, day) => price(day));
    const rising: Bars = {
      ...stock,
      time: days.map((_, day) => start + day * DAY),
      open: days,
      high: days.map((value) => value + 0.25),
      low: days.map((value) => value - 0.25),
      close: days,
      volume: days.map((_, day) => (day < 16 ? 1e6 : 2e6)),
    };
    const inner: readonly CorporateAction[] = [{ kind: 'split', symbol: 'AAPL', time: split, ratio: 2 }];
    const weekly = { ...free, data: rising, timeframe: '1w', actions: inner } as const;
    const stopped = defineStrategy({
      name: 'stopped',
      target: () => 1,
      exits: () => ({ stopLoss: { fraction: 0.2 } }),
    });

    it.each([undefined, '1d'])('is worth the same as over adjusted prices, with detail %s', async (detail) => {
      const finer = detail === undefined ? {} : { detail };
      for (const strategy of [holds, stopped]) {
        const positions = await backtest(strategy, { ...weekly, ...finer });
        const prices = await backtest(strategy, { ...weekly, ...finer, applyActions: 'prices' });
        // Bought at the open of the second week.
        expect(positions.result.totals.final / 100_000).toBeCloseTo((100 + 41) / (100 + 7), 9);
        expect(positions.result.equity.equity).toEqual(prices.result.equity.equity);
        expect(positions.view.benchmark?.value).toEqual(prices.view.benchmark?.value);
      }
    });

    it('pays a dividend before the split in the new units', async () => {
      const monday: CorporateAction = { kind: 'dividend', symbol: 'AAPL', time: split - DAY, amount: 4 };
      const { result } = await backtest(holds, { ...weekly, actions: [monday, ...inner] });
      expect(result.totals.dividends).toBeCloseTo((100_000 / 107) * 4, 6);
    });
  });

  it('measures against a holder who meets the same actions', async () => {
    const run = await backtest(holds, { ...free, actions });
    const benchmark = run.view.benchmark?.value;
    expect(benchmark?.at(-1)).toBeCloseTo((100_000 * 4 * 103) / 400 / (1 - 1 / 102), 4);
  });

  it('names them in its manifest and settings, and is another run for other actions', async () => {
    const run = await backtest(holds, { ...free, actions });
    expect(run.decision.actions).toMatchObject({ appliedTo: 'positions', count: 2 });
    expect(run.view.settings).toContainEqual(['Corporate actions', '2, applied to positions']);
    const fewer = await backtest(holds, { ...free, actions: actions.slice(0, 1) });
    expect(fewer.decision.actions?.contentHash).not.toBe(run.decision.actions?.contentHash);
    expect(fewer.id).not.toBe(run.id);
  });

  it('takes those that are stored with its data, unless told otherwise', async () => {
    const { location } = await saveDataset({ name: 'raw' }, [stock], { folders: [folder], actions });
    const stored = await backtest(holds, { ...free, data: location });
    const none = await backtest(holds, { ...free, data: location, applyActions: 'none' });
    expect(stored.result.equity.equity).toEqual((await backtest(holds, { ...free, actions })).result.equity.equity);
    expect(none.decision.actions).toBeUndefined();
  });

  it('warns of actions that concern nothing it holds', async () => {
    const run = await backtest(holds, { ...free, actions: [{ ...actions[0]!, symbol: 'MSFT' }] });
    expect(run.warnings.join()).toMatch(/none of the 1 splits and dividends/);
  });
});
