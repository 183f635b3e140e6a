/** The list of a set's changes stays short: a set that changes all the time is left to the path that needs none. */
import { describe, expect, it } from 'vitest';
import { createSizer } from '../../src/lib/engine/index.ts';
import { blocksFromBars, defaultRunConfig, defineStrategy, integer } from '../../src/lib/index.ts';
import { SignalGroup, signalsOf } from '../../src/lib/sweep/signal-columns.ts';
import { createStretchMaker } from '../../src/lib/sweep/stretch.ts';
import { TargetChanges } from '../../src/lib/sweep/target-changes.ts';
import { panel } from '../market.ts';

describe('the changes of targets', () => {
  it('are no longer listed once a set changes at more than a quarter of the rows', () => {
    const strategy = defineStrategy({
      name: 'turning',
      params: { every: integer({ default: 1, min: 1, max: 10_000 }) },
      target: (row, p, held) => ((row.time / 86_400_000) % p.every === 0 ? 1 - held : held),
    });
    const market = panel(['A', 'B', 'C', 'D'], 15_000, 7);
    const source = blocksFromBars(market);
    const { instruments } = source;
    const signals = new SignalGroup();
    const sets = [1, 2, 3, 5, 100].map((every, place) => {
      const params = { every };
      return { place, params, signals: signals.add(signalsOf(strategy, params, createSizer(defaultRunConfig))) };
    });
    const changes = new TargetChanges({ strategy, instruments, sets, start: Number.NEGATIVE_INFINITY });
    const [block] = [...source.blocks()];
    expect(block!.rows).toBe(60_000);
    const stretch = createStretchMaker(4).next(block!);
    const shared = signals.columns(instruments);
    shared.advance(stretch, new Uint8Array(stretch.instants).fill(1));
    changes.find(stretch, shared);
    expect([...changes.left]).toEqual([1, 1, 1, 0, 0]);
    expect(changes.lists.map(({ rows }) => rows.length)).toEqual([64, 64, 64, expect.any(Number), expect.any(Number)]);
    expect(changes.lists.map(({ count }) => count)).toEqual([0, 0, 0, 12_000, 600]);
  });
});
