/** The stretch of a window that recurs is found where it was planted. */
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/core/index.ts';
import type { ClusterView } from '../../src/lib/report/index.ts';
import { recurringShapes } from '../../src/lib/report/research/recurring-shapes.ts';

const ROWS = 24;
const empty = { slots: [], days: [], instruments: [] };

/** Six exemplars of noise, to which a shape is added on channel 0 from a row on. */
function clusterOf(id: number, shape: (step: number) => number, start: number, missing = false): ClusterView {
  const rng = createRng(id + 1);
  const exemplars = Array.from({ length: 6 }, (_, e) => ({
    symbol: `S${e}`,
    time: 0,
    window: [0, 1].map((channel) =>
      Array.from({ length: ROWS }, (_r, row) => {
        if (missing && e === 0 && row === 5) return Number.NaN;
        const step = row - start;
        return 0.3 * rng.normal() + (channel === 0 && step >= 0 && step < 12 ? 3 * shape(step) : 0);
      }),
    ),
  }));
  return { cluster: id, size: 6, radius: 1, looks: '', course: [], exemplars, places: empty };
}

/** Slow, then faster. */
const wave = (step: number): number => Math.sin((Math.PI * step * step) / 24);
const pulse = (step: number): number => (step === 3 || step === 8 ? 1 : 0);

describe('the shape that recurs in a cluster', () => {
  const clusters = [clusterOf(0, wave, 7), clusterOf(1, pulse, 3)];
  const view = { channels: ['return', 'spread'], windowRows: ROWS, clusters };

  it('is found at its rows in its channel, before the channel that is noise', () => {
    const [first, second] = recurringShapes(view, clusters[0]!);
    expect(first!.channel).toBe('return');
    // A part of the shape with quiet rows beside it is nearly as telling as all of it.
    expect(Math.abs(first!.from - (7 + 1 - ROWS))).toBeLessThanOrEqual(3);
    expect(first!.to - first!.from).toBe(11);
    // Two draws of the noise, of 0.3 each, are 0.42 apart; the nearest of many are nearer.
    expect(first!.own).toBeLessThan(0.45);
    expect(first!.others).toBeGreaterThan(1);
    expect(second!.channel).toBe('spread');
    expect(second!.others - second!.own).toBeLessThan(0.1);
  });

  it('is told without other clusters, and where a value is missing', () => {
    const alone = clusterOf(0, wave, 7, true);
    const shapes = recurringShapes({ ...view, clusters: [alone] }, alone);
    expect(shapes.map(({ own, others }) => [own < 0.5, others])).toEqual([
      [true, Number.NaN],
      [true, Number.NaN],
    ]);
  });

  it('needs two exemplars', () => {
    const { exemplars } = clusters[0]!;
    expect(recurringShapes(view, { ...clusters[0]!, exemplars: exemplars.slice(0, 1) })).toEqual([]);
  });
});
