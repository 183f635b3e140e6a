import { describe, expect, it } from 'vitest';
import { canonicalJson, createRng } from '../../src/lib/core/index.ts';
import { forgivenFailures, outcomesToAlarm, rowOf } from '../../src/lib/learning/index.ts';
import { calibrate } from '../../src/lib/research/distill/calibrate.ts';
import { chooseGates, usualGates } from '../../src/lib/research/distill/choose-gates.ts';
import { detect } from '../../src/lib/research/distill/detections.ts';
import { excessLimits } from '../../src/lib/research/distill/monitoring.ts';
import { distill, eventTable, parseArtifact, scorePanel, tradingDays } from '../../src/lib/research/index.ts';
import { agreement } from '../../src/lib/research/precursor/agreement.ts';
import { sampleLevels } from '../../src/lib/research/precursor/levels.ts';
import { decayRates } from '../../src/lib/research/precursor/promise.ts';
import { plantedDiscovery } from './distilled.ts';

const input = plantedDiscovery();
const artifact = distill(input, { seed: 1 });
/** A copy as read from a file, free to be broken. */
// biome-ignore lint/suspicious/noExplicitAny: documents from outside have no type
const copy = (): any => JSON.parse(JSON.stringify(artifact));

describe('a distilled artifact', () => {
  it('is one document that reads back as it was written, the same for the same input', () => {
    expect(parseArtifact(copy())).toEqual(artifact);
    expect(canonicalJson(distill(input, { seed: 1 }))).toBe(canonicalJson(artifact));
  });

  it('carries a forest along where surprise is measured by one', () => {
    const forest = distill(plantedDiscovery('isolation-forest'), { seed: 1, estimate: 'membership' });
    const document = JSON.parse(JSON.stringify(forest));
    expect(parseArtifact(document)).toEqual(forest);
    expect(forest.cost.perRow).toBeGreaterThan(artifact.cost.perRow);
    document.features.surprise.below[0] = 0;
    expect(() => parseArtifact(document)).toThrow(/features.surprise: its nodes do not make trees/);
  });

  it('promises of each precursor that it beats chance, as was planted', () => {
    expect(artifact.precursors.map(({ cluster }) => cluster)).toEqual([0, 1, 2]);
    for (const { promised } of artifact.precursors) expect(promised.rate / promised.base).toBeGreaterThan(1.5);
  });

  it('promises what it gives: alerts past its threshold and its budget, and their rate', () => {
    const strict = distill(input, { seed: 1, perDay: 1 });
    const { panel, days, events } = input;
    const scored = [days.discovery, days.validation!].map((range) => scorePanel(strict, panel, range));
    const alerts = scored.flatMap((one) => one.alerts);
    for (const { counts } of scored) expect(Math.min(counts.unlikely, counts.overBudget)).toBeGreaterThan(0);
    for (const { cluster, promised, excessLimit } of strict.precursors) {
      const own = alerts.filter((alert) => alert.cluster === cluster);
      const followed = own.filter((a) =>
        events.row.some(
          (row, i) => events.series[i] === a.series && row > a.row && events.at[i]! <= a.at + 30 * 60_000,
        ),
      );
      expect(promised.alerts).toBe(own.length);
      expect(promised.rate).toBeCloseTo(own.length === 0 ? 0 : followed.length / own.length, 6);
      // Fewer alerts a day are false alarms less often.
      expect(excessLimit).toBeLessThanOrEqual(artifact.precursors.find((p) => p.cluster === cluster)!.excessLimit);
    }
  });

  it('fits gates and estimates on no calibration day', () => {
    const { events, panel } = input;
    const { discovery } = input.days;
    const days = { discovery, calibration: { from: discovery.from + 7, to: discovery.to } };
    const places = Array.from(events.row, (row, i) => ({ series: events.series[i]!, row }));
    // Events wherever one looks: chance alone makes every alert of those days a success, and none of the others worth having.
    panel.series.forEach(({ day }, series) => {
      day.forEach((d, row) => {
        if (d >= days.calibration.from && d < days.calibration.to && row % 15 === 0) places.push({ series, row });
      });
    });
    const full = { ...input, days, events: eventTable(panel, places) };
    const other = distill(full, { seed: 1, estimate: 'membership' });
    const same = distill({ ...input, days }, { seed: 1, estimate: 'membership' });
    expect(other.gates).toEqual(same.gates);
    expect(other.probability.first).toEqual(same.probability.first);
    expect(other.precursors[0]!.promised.base).toBeGreaterThan(same.precursors[0]!.promised.base + 0.1);
  });

  it('takes the simpler estimate and no gate where the days that it fits on have next to no alert', () => {
    const { discovery, calibration } = input.days;
    const place = (survivor: number) => ({
      centroid: [...rowOf(input.clusters.centroids, survivor)],
      radius: input.clusters.radius[survivor]!,
    });
    let empty = 0;
    for (const survivor of input.survivors) {
      const shapes = { features: input.model, precursors: [place(survivor)], quietRows: 30 };
      const alertsOn = (day: number): number => detect(shapes, input.panel, { from: day, to: day + 1 }).row.length;
      const days = tradingDays(input.panel, { from: discovery.from, to: calibration.from });
      const most = days.reduce((best, day) => (alertsOn(day) > alertsOn(best) ? day : best));
      const none = days.find((day) => alertsOn(day) === 0);
      if (none !== undefined) empty++;
      for (const day of none === undefined ? [most] : [most, none]) {
        const split = { discovery: { from: day, to: discovery.to }, calibration: { from: day + 1, to: discovery.to } };
        const found = distill({ ...input, survivors: [survivor], days: split }, { seed: 1 });
        expect(parseArtifact(JSON.parse(JSON.stringify(found)))).toEqual(found);
        expect([found.probability.first.kind, found.gates]).toEqual(['membership', []]);
      }
    }
    expect(empty).toBeGreaterThan(0);
  });

  it('says what a precursor looks like by its channels and their courses', () => {
    const one = /^(return|activity|spread|impact) (high|low|rising|falling|in \d)/;
    for (const { looks } of artifact.precursors)
      for (const words of looks.split(/, (?!high at|low at)/)) expect(words).toMatch(one);
  });

  it('agrees with the whole discovery, to the alert when no digit, no cluster and no gate is left out', () => {
    expect(artifact.agreement.kappa).toBeGreaterThan(0.8);
    const whole = { ...input, survivors: Array.from(input.clusters.radius, (_, k) => k) };
    expect(distill(whole, { seed: 1, digits: 17, gates: [] }).agreement).toMatchObject({ kappa: 1, overlap: 1 });
  });

  it('counts its size without the count, and its operations from its sizes', () => {
    const { cost, ...rest } = artifact;
    expect(cost.bytes).toBe(canonicalJson(rest).length);
    // 4 channels of 6 coefficients: the triangular whitening alone is 24 x 25 operations.
    expect(cost.perRow).toBeGreaterThan(600);
    expect(distill(input, { seed: 1, estimate: 'trees' }).cost.perCandidate).toBeGreaterThan(cost.perCandidate);
  });

  it('is refused without a survivor', () => {
    expect(() => distill({ ...input, survivors: [] }, { seed: 1 })).toThrow(
      expect.objectContaining({ code: 'research/no-survivor' }),
    );
  });
});

describe('reading an artifact', () => {
  it.each([
    ['a missing key', (d) => delete d.horizonRows, /file.json: horizonRows/],
    ['an unknown key', (d) => (d.extra = 1), /file.json: extra: there is no such key/],
    ['a wrong value', (d) => (d.budget.perDay = -1), /budget.perDay/],
    ['a probability above one', (d) => (d.precursors[1].promised.rate = 2), /precursors.1.promised.rate/],
    ['a short centroid', (d) => d.precursors[2].centroid.pop(), /precursors.2.centroid: 15 values where 16 are needed/],
    ['a short factor', (d) => d.features.whitening.factor.pop(), /features.whitening.factor: 299 values/],
    [
      'a gate on no channel',
      (d) => (d.gates = [{ channel: 'volume', side: 'at-least', limit: 0, quantile: 0.1 }]),
      /gates.0.channel: there is no channel 'volume'/,
    ],
    ['bins that do not fit', (d) => d.drift.inputs[0].edges.pop(), /drift.inputs.0.counts/],
    ['nothing at all', () => null, /file.json/],
    // biome-ignore lint/suspicious/noExplicitAny: documents from outside have no type
  ] as [string, (document: any) => unknown, RegExp][])('names the key of %s', (_, spoil, message) => {
    const document = copy();
    const spoilt = spoil(document) === null ? null : document;
    expect(() => parseArtifact(spoilt, 'file.json')).toThrow(message);
  });

  it('names both versions when it is newer', () => {
    const newer = { ...copy(), schema: 'sigma.precursor/2' };
    expect(() => parseArtifact(newer)).toThrow(/sigma.precursor\/2.*sigma.precursor\/1/);
  });

  it('refuses trees in which a row could walk in circles', () => {
    const document = JSON.parse(JSON.stringify(distill(input, { seed: 1, estimate: 'trees' })));
    expect(parseArtifact(document).probability.first.kind).toBe('trees');
    const { trees } = document.probability.first.ensemble;
    const split = trees.findIndex((t: { feature: number[] }) => t.feature[0]! >= 0);
    trees[split].left[0] = 0;
    expect(() => parseArtifact(document)).toThrow(`ensemble.trees.${split}: its nodes do not make a tree`);
  });
});

describe('gates', () => {
  /** Alerts over twenty days whose success depends on the level of spread, or on nothing. */
  function evidence(seed: number, rateWhenWide: number) {
    const rng = createRng(seed);
    const alerts = 400;
    const day = Array.from({ length: alerts }, (_, i) => Math.floor(i / 20));
    const levels = [0, 1].map(() => Float64Array.from({ length: alerts }, () => rng.normal()));
    const success = Float64Array.from({ length: alerts }, (_, i) =>
      Number(rng.next() < (levels[0]![i]! > 1 ? rateWhenWide : 0.4)),
    );
    const sample = {
      day: Int32Array.from({ length: 4000 }, (_, i) => Math.floor(i / 200)),
      levels: [0, 1].map(() => Float64Array.from({ length: 4000 }, () => rng.normal())),
    };
    const lessons = { day: Int32Array.from(day), success, levels };
    return { channels: ['spread', 'activity'], sample, lessons, worthwhile: 0.15 };
  }
  const rules = usualGates(['spread', 'activity', 'return']);

  it('keep out what fails: alerts under a wide spread', () => {
    const { gates, trials } = chooseGates(rules, evidence(1, 0));
    expect(gates[0]).toMatchObject({ channel: 'spread', side: 'at-most' });
    // The tenth of standard normal windows begins at 1.28, the fifth at .84: the truth, 1, lies between.
    expect(gates[0]!.limit).toBeGreaterThan(0.7);
    expect(gates[0]!.limit).toBeLessThan(1.4);
    expect(trials).toBeGreaterThanOrEqual(8);
  });

  it('are not chosen where nothing has succeeded yet, which so few alerts say little about', () => {
    const { lessons, ...rest } = evidence(1, 0.4);
    const few = lessons.day.subarray(0, 8);
    const failures = { day: few, success: new Float64Array(8), levels: lessons.levels.map((l) => l.subarray(0, 8)) };
    expect(chooseGates(rules, { ...rest, lessons: failures }).gates).toEqual([]);
  });

  it('are not chosen where they would keep out nothing but successes', () => {
    for (let seed = 1; seed <= 10; seed++) expect(chooseGates(rules, evidence(seed, 0.4)).gates).toEqual([]);
  });

  it('limit cost from above and activity from below, by the names of channels', () => {
    expect(usualGates(['range', 'impact', 'volume'])).toEqual([
      { channel: 'impact', side: 'at-most' },
      { channel: 'volume', side: 'at-least' },
    ]);
  });

  it('read levels that are means of scaled rows', () => {
    const { panel, model, days } = input;
    const { levels, day } = sampleLevels(model, panel, days.discovery);
    const { location, scale, bucketSlots } = model.seasonal;
    const own = model.instruments?.[panel.series[0]!.symbol];
    let sum = 0;
    for (let row = 0; row < model.windowRows; row++) {
      const bucket = Math.floor(row / bucketSlots);
      const plain = (panel.series[0]!.values[2]![row]! - (own?.location[2] ?? 0)) / (own?.scale[2] ?? 1);
      sum += (plain - location[2]![bucket]!) / scale[2]![bucket]!;
    }
    expect(day[0]).toBe(days.discovery.from);
    expect(levels[2]![0]).toBeCloseTo(sum / model.windowRows, 9);
  });
});

describe('calibration of alerts', () => {
  it('lies between the estimates and what was seen, nearer to what was seen the more there is', () => {
    const estimates = [...new Array<number>(40).fill(0.2), ...new Array<number>(160).fill(0.6)];
    const outcomes = estimates.map((e, i) => Number(e === 0.2 ? i % 10 === 0 : i % 10 < 8));
    const curve = calibrate(estimates, outcomes)!;
    expect(curve.scores.map((s) => Number(s.toFixed(6)))).toEqual([0.2, 0.6]);
    expect(curve.values[0]).toBeCloseTo((40 * 0.1 + 20 * 0.2) / 60, 12);
    expect(curve.values[1]).toBeCloseTo((160 * 0.8 + 20 * 0.6) / 180, 12);
  });

  it('is left to the estimates when alerts are few', () => {
    expect(calibrate([0.1, 0.2, 0.3], [0, 0, 1])).toBeUndefined();
    expect(calibrate([], [])).toBeUndefined();
  });
});

describe('agreement', () => {
  it('is the kappa of Cohen (1960) and the overlap of Jaccard', () => {
    // His 2 x 2: 20 both, 5 only a, 10 only b, 15 neither of 50: observed .7, by chance .5.
    const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `${from + i}`);
    const found = agreement(new Set(range(0, 25)), new Set([...range(0, 20), ...range(25, 35)]), 50);
    expect(found.kappa).toBeCloseTo(0.4, 12);
    expect(found.overlap).toBeCloseTo(20 / 35, 12);
    expect(agreement(new Set(), new Set(), 0)).toEqual({ candidates: 0, kappa: 1, overlap: 1 });
  });
});

describe('the excesses of failures that raise the alarm', () => {
  const promisedAfter = (alerts: number, ...rates: number[]) => rates.map((rate) => ({ alerts, rate, base: 0.04 }));
  const promised = (...rates: number[]) => promisedAfter(1_000_000, ...rates);

  it('grow with the alerts a day and shrink with the rate promised', () => {
    expect(excessLimits(promised(0.2), [4])[0]).toBeGreaterThan(excessLimits(promised(0.2), [1])[0]!);
    expect(excessLimits(promised(0.5), [2])[0]).toBeLessThan(excessLimits(promised(0.2), [2])[0]!);
    expect(excessLimits([], [])).toEqual([]);
  });

  it('expect no more than one false alarm in 250 days from all precursors together, most of it from the weakest', () => {
    const limits = excessLimits(promised(0.5, 0.35, 0.2), [2, 2, 2]);
    const expected = promised(0.5, 0.35, 0.2).map((p, k) => {
      const rates = decayRates(p);
      return 500 / outcomesToAlarm(rates.promised, forgivenFailures(rates), limits[k]!);
    });
    const all = expected.reduce((sum, count) => sum + count, 0);
    expect(all).toBeLessThanOrEqual(1 + 1e-3);
    expect(all).toBeGreaterThan(0.75);
    expect(expected[2]! / all).toBeGreaterThan(0.8);
    expect(limits).toEqual([...limits].sort((a, b) => a - b));
  });

  it('leave something to the others beside one that cannot be watched, and all where it gives no alert', () => {
    const alone = excessLimits(promised(0.2), [2])[0]!;
    const [, beside] = excessLimits(promised(0.05, 0.2), [2, 2]);
    expect(beside).toBeGreaterThan(alone);
    expect(beside).toBeLessThan(alone + 12);
    expect(excessLimits(promised(0.05, 0.2), [0, 2])).toEqual([3, alone]);
  });

  it('are not loosened by a precursor that chance alone would have fulfilled', () => {
    const [sure, usual] = excessLimits([{ alerts: 4, rate: 1, base: 1 }, ...promised(0.2)], [0.1, 2]);
    expect(usual).toBeGreaterThanOrEqual(excessLimits(promised(0.2), [2])[0]!);
    expect(sure).toBeGreaterThan(0);
  });

  it('grow where a promise rests on few alerts, which may have been lucky', () => {
    const after = (alerts: number): number => excessLimits(promisedAfter(alerts, 0.2), [2])[0]!;
    expect(after(200)).toBeGreaterThan(after(1_000_000));
    expect(after(20)).toBeGreaterThan(after(200));
  });
});
