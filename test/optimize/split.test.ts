import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cpcvGroups,
  cpcvPaths,
  cpcvSplits,
  labelEndsOf,
  trainMask,
  walkForwardWindows,
} from '../../src/lib/optimize/index.ts';
import { evenGroups } from '../../src/lib/optimize/split/cpcv.ts';

const trained = (tested: readonly number[], labelLength: number, embargo: number): number[] => {
  const labelEnds = Int32Array.from({ length: 12 }, (_, t) => Math.min(11, t + labelLength));
  const mask = trainMask(evenGroups(12, 3), { tested }, labelEnds, embargo);
  return [...mask].flatMap((kept, t) => (kept === 1 ? [t] : []));
};

describe('combinatorial purged cross-validation', () => {
  // skfolio's CombinatorialPurgedCV, as quoted in the golden figures: 12 samples, 3 folds, 2 tested.
  it.each([
    [[0, 2], 0, 0, [4, 5, 6, 7]],
    [[0, 2], 1, 0, [5, 6]],
    [[0, 2], 0, 1, [5, 6, 7]],
    [[0, 1], 1, 0, [9, 10, 11]],
    [[0, 1], 0, 1, [9, 10, 11]],
  ])('trains for tested groups %j, labels %i periods long, embargo %i, on %j', (tested, label, embargo, expected) => {
    expect(trained(tested, label, embargo)).toEqual(expected);
  });

  it('begins the embargo where the last tested label ends, as skfolio adds it to the purge', () => {
    expect(trained([1], 1, 0)).toEqual([0, 1, 2, 9, 10, 11]);
    expect(trained([1], 1, 1)).toEqual([0, 1, 2, 10, 11]);
    expect(trained([1], 0, 2)).toEqual([0, 1, 2, 3, 10, 11]);
  });

  it('recombines 5 groups, 2 tested, into the published paths', () => {
    const splits = cpcvSplits({ groups: 5, tested: 2 });
    expect(splits).toHaveLength(10);
    // Row g: the split that path p takes for group g.
    expect(cpcvPaths(5, splits)).toEqual([
      [0, 1, 2, 3],
      [0, 4, 5, 6],
      [1, 4, 7, 8],
      [2, 5, 7, 9],
      [3, 6, 8, 9],
    ]);
  });

  it('purges by the end of each label, not by a count', () => {
    const ends = Int32Array.from({ length: 12 }, (_, t) => t);
    ends[1] = 9; // a trade entered long before the tested group and held into it
    ends[10] = 11; // one that begins in the tested group and ends in it
    const mask = trainMask(evenGroups(12, 3), { tested: [2] }, ends, 0);
    expect([...mask]).toEqual([1, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0]);
  });

  it('never trains on a period whose label and a tested label overlap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 30, max: 80 }),
        fc.integer({ min: 3, max: 6 }),
        fc.array(fc.nat(15), { minLength: 80, maxLength: 80 }),
        fc.nat(3),
        (periods, groups, lengths, embargo) => {
          const stretches = evenGroups(periods, groups);
          const ends = Int32Array.from({ length: periods }, (_, t) => Math.min(periods - 1, t + lengths[t]!));
          for (const split of cpcvSplits({ groups, tested: 2 })) {
            const mask = trainMask(stretches, split, ends, embargo);
            const tested = split.tested.flatMap((g) =>
              Array.from({ length: stretches[g]!.to - stretches[g]!.from }, (_, k) => stretches[g]!.from + k),
            );
            for (let t = 0; t < periods; t++) {
              if (mask[t] === 0) continue;
              for (const u of tested) expect(t > ends[u]! || u > ends[t]!).toBe(true);
            }
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('refuses shapes that cannot be and data that are too short', () => {
    expect(() => cpcvSplits({ groups: 2, tested: 1 })).toThrow(/too few/);
    expect(() => cpcvSplits({ groups: 5, tested: 5 })).toThrow(/cannot be tested/);
    expect(() => cpcvSplits({ groups: 30, tested: 15 })).toThrow(/more than 1000 splits/);
    expect(() => cpcvGroups(50, 6)).toThrow(/too short/);
  });
});

describe('labels of periods', () => {
  it('reach to the exit of the longest trade that is open', () => {
    const ends = Float64Array.of(10, 20, 30, 40, 50, 60);
    const trades = [
      { entryTime: 15, exitTime: 45 },
      { entryTime: 20, exitTime: 25 },
      { entryTime: 55, exitTime: Number.NaN },
    ];
    expect([...labelEndsOf(trades, ends)]).toEqual([0, 4, 4, 4, 4, 5]);
  });
});

describe('walk-forward windows', () => {
  it('roll along with parts of equal length, and the out-of-sample parts touch', () => {
    const windows = walkForwardWindows(100, { windows: 5, ratio: 3, anchored: false, embargo: 2 });
    expect(windows[0]).toEqual({ inSample: { from: 4, to: 38 }, outOfSample: { from: 40, to: 52 } });
    for (let w = 1; w < windows.length; w++) expect(windows[w]!.outOfSample.from).toBe(windows[w - 1]!.outOfSample.to);
    expect(windows.at(-1)?.outOfSample.to).toBe(100);
  });

  it('grow from the first period when anchored', () => {
    const windows = walkForwardWindows(100, { windows: 4, ratio: 1, anchored: true, embargo: 0 });
    expect(windows.map(({ inSample }) => inSample)).toEqual([
      { from: 0, to: 20 },
      { from: 0, to: 40 },
      { from: 0, to: 60 },
      { from: 0, to: 80 },
    ]);
  });

  it('refuse fewer observations than windows', () => {
    expect(() => walkForwardWindows(40, { windows: 6, ratio: 3, anchored: false, embargo: 0 })).toThrow(
      /study|windows of 40 periods/,
    );
  });
});
