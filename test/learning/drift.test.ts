import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/core/index.ts';
import {
  adwin,
  binnedDistance,
  countInBins,
  decayInformation,
  forgivenFailures,
  freezeBins,
  kolmogorovSmirnov,
  outcomesToAlarm,
  pageHinkley,
  populationStability,
  type StreamTest,
  successDecay,
  usualExcess,
} from '../../src/lib/learning/index.ts';
import { driftStream } from './drift-stream.ts';

/** Places of the alarms of a test over a stream, with their values. */
const alarms = (test: StreamTest, stream: readonly number[]): (readonly [number, number])[] =>
  stream.flatMap((value, i) => (test.push(value) ? [[i, value] as const] : []));

const sample = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 30 });

describe('detectors of a moved mean', () => {
  it("alarm where river's do on the stream of its documentation", () => {
    expect(alarms(pageHinkley(), driftStream)).toEqual([[1006, 5]]);
    expect(alarms(adwin(), driftStream)).toEqual([[1023, 4]]);
  });

  it('are silent on a constant and on what is not a number', () => {
    const constant = new Array<number>(3000).fill(2);
    const missing = constant.map((_, i) => [Number.NaN, Number.POSITIVE_INFINITY][i % 2]!);
    for (const test of [pageHinkley(), adwin()])
      expect([...alarms(test, constant), ...alarms(test, missing)]).toEqual([]);
  });

  it('see a fall as they see a rise, and a rise of one only as far as it goes', () => {
    const fall = driftStream.map((value) => -value);
    expect(alarms(pageHinkley(), fall)).toEqual([[1006, -5]]);
    expect(alarms(adwin(), fall)).toEqual([[1023, -4]]);
    const window = adwin();
    alarms(window, driftStream);
    expect(window.width).toBeLessThan(1100);
    expect(Math.abs(window.mean - 5.5)).toBeLessThan(0.2);
  });

  it('rarely alarm while nothing changes', () => {
    const rng = createRng(4);
    const steady = Array.from({ length: 20_000 }, () => rng.normal());
    expect(alarms(adwin(), steady).length).toBeLessThanOrEqual(1);
  });

  it('keep the mean of the newest values and drop the oldest when the mean moves', () => {
    const place = fc.integer({ min: 100, max: 300 });
    const size = fc.constantFrom(-6, -3, 3, 6);
    fc.assert(
      fc.property(fc.integer(), place, size, (seed, at, jump) => {
        const rng = createRng(seed);
        const window = adwin();
        const seen: number[] = [];
        for (let i = 0; i < 400; i++) {
          seen.push(rng.normal() + (i < at ? 0 : jump));
          window.push(seen[i]!);
          const held = seen.slice(seen.length - window.width);
          expect(window.mean).toBeCloseTo(held.reduce((a, b) => a + b) / held.length, 10);
        }
        expect(window.width).toBeLessThan(400);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the Kolmogorov-Smirnov test of two samples', () => {
  const test = (a: readonly number[], b: readonly number[]) =>
    kolmogorovSmirnov(Float64Array.from(a), Float64Array.from(b));

  it('counts its p-value exactly, as scipy.stats.ks_2samp does', () => {
    const apart = test([1, 2, 3, 4, 5], [3, 4, 5, 6, 7]);
    expect(apart.distance).toBeCloseTo(0.4, 15);
    expect(apart.p).toBeCloseTo(0.873015873, 9);
    const uneven = test([0.1, 0.4, 0.7], [0.2, 0.5, 0.9, 1.2]);
    expect(uneven.distance).toBeCloseTo(0.5, 15);
    expect(uneven.p).toBeCloseTo(0.657142857, 9);
    expect(test([1, 2, 3, 4], [5, 6, 7, 8]).p).toBeCloseTo(2 / 70, 12);
  });

  it('goes over to the limit for large samples without a jump', () => {
    const rng = createRng(8);
    const a = Array.from({ length: 100 }, () => rng.normal());
    const b = Array.from({ length: 101 }, () => rng.normal() + 0.2);
    const exact = test(a, b.slice(1));
    const limit = test(a, b);
    expect(Math.abs(exact.p - limit.p)).toBeLessThan(0.05);
    expect(test(a, a)).toEqual({ distance: 0, p: 1 });
  });

  it('is the same for the samples exchanged and for values four times as large', () =>
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const found = test(a, b);
        expect(test(b, a).distance).toBeCloseTo(found.distance, 12);
        expect(test(b, a).p).toBeCloseTo(found.p, 12);
        const scaled = test(
          a.map((v) => 4 * v),
          b.map((v) => 4 * v),
        );
        expect(scaled).toEqual(found);
        expect(found.p).toBeGreaterThanOrEqual(0);
        expect(found.p).toBeLessThanOrEqual(1);
      }),
    ));

  it('leaves out what is not finite and is undefined without values', () => {
    expect(test([Number.NaN, 1, 2], [1, 2, Number.POSITIVE_INFINITY])).toEqual({ distance: 0, p: 1 });
    expect(test([], [1])).toEqual({ distance: Number.NaN, p: Number.NaN });
  });
});

describe('population stability against frozen bins', () => {
  it('is the symmetric relative entropy of shares', () => {
    expect(populationStability([25, 25, 25, 25], [20, 25, 25, 30])).toBeCloseTo(0.0202732554, 10);
    expect(populationStability([250, 250, 250, 250], [40, 50, 50, 60])).toBeCloseTo(0.0202732554, 10);
  });

  it('is finite with an empty bin, undefined without values', () => {
    expect(populationStability([10, 10], [20, 0])).toSatisfy(Number.isFinite);
    expect(populationStability([10, 10], [0, 0])).toBeNaN();
    expect(binnedDistance([0, 0], [1, 0])).toBeNaN();
  });

  it('freezes bins of equal counts where values do not tie', () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => (i * 37) % 100);
    expect(freezeBins(values, 4)).toEqual({ edges: [24, 49, 74], counts: [25, 25, 25, 25] });
    expect(freezeBins(Float64Array.of(1, 1, 1, Number.NaN))).toEqual({ edges: [], counts: [3] });
    expect(freezeBins(new Float64Array(0))).toEqual({ edges: [], counts: [0] });
  });

  it('is nought for the values themselves and never nears Kolmogorov distance from above', () =>
    fc.assert(
      fc.property(sample, sample, (before, now) => {
        const bins = freezeBins(Float64Array.from(before), 8);
        expect(populationStability(bins.counts, countInBins(bins.edges, before))).toBeCloseTo(0, 12);
        const distance = binnedDistance(bins.counts, countInBins(bins.edges, now));
        const whole = kolmogorovSmirnov(Float64Array.from(before), Float64Array.from(now)).distance;
        expect(distance).toBeLessThanOrEqual(whole + 1e-12);
      }),
    ));
});

describe('decay of a success rate', () => {
  it('forgives by the ratio of likelihoods', () => {
    // ln(.2 / .02) / ln(.98 / .8) = 11.3.
    expect(forgivenFailures({ promised: 0.2, decayed: 0.02 })).toBe(11);
    expect(forgivenFailures({ promised: 0.9, decayed: 0.8 })).toBe(1);
    for (const rates of [
      { promised: 0.2, decayed: 0.2 },
      { promised: 1, decayed: 0.2 },
      { promised: 0.2, decayed: 0 },
    ])
      expect(forgivenFailures(rates)).toBeNaN();
  });

  it('counts the failures since all were forgiven, and starts anew after the alarm', () => {
    const decay = successDecay(4);
    const seen = [false, true, false, false, true, false, false, false, false].map((success) => decay.push(success, 2));
    expect(seen.indexOf(true)).toBe(8);
    expect(decay).toMatchObject({ excess: 4, outcomes: 4, successes: 0 });
    decay.push(false, 2);
    expect(decay).toMatchObject({ excess: 1, outcomes: 1, successes: 0 });
  });

  it('tells by an outcome what the relative entropy says', () => {
    // .02 ln(.02 / .2) + .98 ln(.98 / .8).
    expect(decayInformation({ promised: 0.2, decayed: 0.02 })).toBeCloseTo(0.15283, 6);
    for (const [promised, decayed] of [
      [0.2, 0.2],
      [1, 0.2],
      [0.2, 0],
      [Number.NaN, 0.1],
    ] as const)
      expect(decayInformation({ promised, decayed })).toBeNaN();
  });

  it('alarms as seldom and as soon on average as the recursion says', () => {
    const rng = createRng(3);
    for (const rate of [0.2, 0.02]) {
      const decay = successDecay(15);
      let outcomes = 0;
      for (let runs = 0; runs < 400; outcomes++) if (decay.push(rng.next() < rate, 9)) runs++;
      const wanted = outcomesToAlarm(rate, 9, 15);
      // Times to alarm spread like an exponential: 400 of them give the mean to five per cent.
      expect(Math.abs(outcomes / 400 / wanted - 1)).toBeLessThan(0.15);
    }
    expect(outcomesToAlarm(0, 3, 15)).toBe(15);
  });

  it('never alarms where every outcome succeeds, and has no time for rates and counts that cannot be', () => {
    expect(outcomesToAlarm(1, 3, 15)).toBe(Number.POSITIVE_INFINITY);
    // Two failures, none forgiven, of which every fourth outcome is one.
    expect(outcomesToAlarm(0.75, 0, 2)).toBe(8);
    expect(outcomesToAlarm(0.2, 3, 0)).toBe(0);
    for (const rate of [Number.NaN, -0.1, 1.1]) expect(outcomesToAlarm(rate, 3, 15)).toBeNaN();
    for (const [forgiven, limit] of [
      [Number.NaN, 15],
      [1.5, 15],
      [-1, 15],
      [3, 2.5],
    ] as const)
      expect(outcomesToAlarm(0.2, forgiven, limit)).toBeNaN();
  });

  const [forgiven, limit] = [8, 25];

  it('stands where the balance of its states says when it has long been running', () => {
    const rng = createRng(4);
    const decay = successDecay(limit);
    let sum = 0;
    for (let n = 0; n < 100_000; n++) sum += decay.push(rng.next() < 0.24, forgiven) ? 0 : decay.excess;
    // Excesses close in time depend on each other: the mean of as many is good to about .1.
    expect(Math.abs(sum / 100_000 - usualExcess(0.24, forgiven, limit))).toBeLessThan(0.2);
    // Without successes it climbs from none to the limit again and again.
    expect(usualExcess(0, forgiven, limit)).toBe((limit - 1) / 2);
    expect([usualExcess(0.24, forgiven, 1), usualExcess(0.24, forgiven, 0), usualExcess(1, forgiven, limit)]).toEqual([
      0, 0, 0,
    ]);
    for (const rate of [Number.NaN, -0.1, 1.1]) expect(usualExcess(rate, forgiven, limit)).toBeNaN();
    expect(usualExcess(0.24, 1.5, limit)).toBeNaN();
    expect(usualExcess(0.24, forgiven, Number.POSITIVE_INFINITY)).toBeNaN();
  });

  it('notices what has decayed from the start on as soon as in mid-stream when it starts from there', () => {
    const rng = createRng(5);
    const outcomes = (start: number, before: number): number => {
      const runs = 4000;
      let sum = 0;
      for (let run = 0; run < runs; run++) {
        const decay = successDecay(limit, start);
        for (let n = 0; n < before; n++) decay.push(rng.next() < 0.24, forgiven);
        do sum++;
        while (!decay.push(rng.next() < 0.04, forgiven));
      }
      return sum / runs;
    };
    const midStream = outcomes(0, 100);
    // Delays spread by about 11 outcomes: means of 4000 differ by less than .75 in three standard errors.
    expect(Math.abs(outcomes(Math.round(usualExcess(0.24, forgiven, limit)), 0) - midStream)).toBeLessThan(1);
    expect(outcomes(0, 0) - midStream).toBeGreaterThan(2);
  });
});
