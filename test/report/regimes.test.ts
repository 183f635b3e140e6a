/** The insight that names the weather in which a run loses. */
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/core/index.ts';
import { insights, regimesOf } from '../../src/lib/report/index.ts';
import { makeView } from './fixture.ts';

/** A run that follows its benchmark with `beta` while that rises, and with `short` while it falls. */
function made(beta: number, short: number) {
  const view = makeView({ bars: 750 });
  const rng = createRng(21);
  const { time, equity } = view.result.equity;
  const benchmark = new Float64Array(time.length).fill(100);
  const own = new Float64Array(time.length).fill(equity[0]!);
  for (let i = 1; i < time.length; i++) {
    const up = Math.floor(i / 150) % 2 === 0;
    const step = (up ? 0.003 : -0.002) + 0.002 * rng.normal();
    benchmark[i] = benchmark[i - 1]! * Math.exp(step);
    own[i] = own[i - 1]! * Math.exp(step * (up ? beta : short));
  }
  return {
    ...view,
    result: { ...view.result, equity: { ...view.result.equity, equity: own } },
    benchmark: { name: 'index', value: benchmark },
  };
}

describe('regimes of the benchmark', () => {
  it('are told when the run loses in one and wins in the rest', () => {
    const insight = insights(made(1, 0.8)).find((each) => each.code === 'regimes/loses');
    expect(insight?.title).toMatch(/^It loses while index is falling and (calm|turbulent)$/);
    expect(insight?.next?.command).toContain('--drawdown-scaling 0.05:0.3');
    expect(insight?.evidence.length).toBe(regimesOf(made(1, 0.8)).length);
  });

  it('are not told of a run that loses in none, or that has no benchmark', () => {
    const codes = (view: Parameters<typeof insights>[0]) => insights(view).map((each) => each.code);
    expect(codes(made(1, -1))).not.toContain('regimes/loses');
    const { benchmark: _none, ...alone } = made(1, 0.8);
    expect(codes(alone)).not.toContain('regimes/loses');
    expect(regimesOf(alone)).toEqual([]);
  });
});
