import { describe, expect, it } from 'vitest';
import { instrument } from '../../src/lib/model/index.ts';
import { backtest } from '../../src/lib/runs/index.ts';
import { defineStrategy } from '../../src/lib/strategy/index.ts';
import { closesOf } from '../market.ts';

describe('an instrument whose bars end in the middle of a run', () => {
  const lasting = closesOf(new Array<number>(30).fill(100), { instrument: instrument('LASTING') });
  const gone = closesOf([100, 100, 90, 80], { instrument: instrument('GONE') });
  const data = [lasting, gone];

  it('is named where it is still held, for nothing can close it', async () => {
    const holds = defineStrategy({ name: 'holds', target: () => 1 });
    const { warnings } = await backtest(holds, { data });
    expect(warnings).toEqual([expect.stringMatching(/after which nothing could close it: GONE \(2021-01-07/)]);
  });

  it('is not where it was sold, nor where markets end a few days apart', async () => {
    const leaves = defineStrategy({ name: 'leaves', target: (row) => (row.close < 100 ? 0 : 1) });
    expect((await backtest(leaves, { data })).warnings).toEqual([]);
    const late = closesOf(new Array<number>(26).fill(100), { instrument: instrument('LATE') });
    const holds = defineStrategy({ name: 'holds', target: () => 1 });
    expect((await backtest(holds, { data: [lasting, late] })).warnings).toEqual([]);
  });
});
