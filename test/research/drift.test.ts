import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/core/index.ts';
import { forgivenFailures, usualExcess } from '../../src/lib/learning/index.ts';
import { type DatedAlert, decayWatch, distill, driftReport, tradingDays } from '../../src/lib/research/index.ts';
import { decayRates } from '../../src/lib/research/precursor/promise.ts';
import { plantedDiscovery } from './distilled.ts';

const input = plantedDiscovery();
const artifact = distill(input, { seed: 1 });
const { panel, days } = input;
const { excessLimit: limit, promised } = artifact.precursors[2]!;
const rates = decayRates(promised);
/** Failures that a new watch stands at already: where it would be after many alerts that keep the promise. */
const start = Math.round(usualExcess(rates.promised, forgivenFailures(rates), limit));
const later = { from: days.calibration.to, to: Number.MAX_SAFE_INTEGER };

/** Alerts of the third precursor that succeed as promised, and never again after `decaysAt`. */
function alertsOf(seed: number, count: number, decaysAt = Number.POSITIVE_INFINITY): DatedAlert[] {
  const rng = createRng(seed);
  const { rate } = artifact.precursors[2]!.promised;
  return Array.from({ length: count }, (_, i) => ({
    cluster: 2,
    at: i,
    success: rng.next() < (i < decaysAt ? rate : 0),
    regime: i % 4 === 0 ? 'stress' : 'calm',
  }));
}

describe('the watch over the success of alerts', () => {
  it('alarms within the excess of failures that the artifact allows, with the alerts it goes by', () => {
    const watch = decayWatch(artifact);
    const failures = Array.from({ length: limit - start }, () => watch.push({ cluster: 2, success: false }));
    expect(start).toBeGreaterThan(0);
    expect(failures.slice(0, -1)).toEqual(failures.slice(0, -1).map(() => undefined));
    expect(failures.at(-1)).toMatchObject({ cluster: 2, alerts: limit - start, successes: 0 });
    expect(failures.at(-1)!.p).toBeLessThan(0.02);
  });

  it('alarms no more than once in 250 days on average while promises are kept', () => {
    // The alerts of 250 days of the third precursor; every day of discovery and of validation had its share of them.
    const counted = [days.discovery, days.validation!].flatMap((range) => tradingDays(panel, range));
    const daily = artifact.precursors[2]!.promised.alerts / counted.length;
    let alarms = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const watch = decayWatch(artifact);
      for (const alert of alertsOf(seed, Math.round(250 * daily))) if (watch.push(alert)) alarms++;
    }
    expect(alarms / 40).toBeLessThanOrEqual(1.2);
  });

  it('lets a success where chance was high forgive less', () => {
    const strict = decayWatch(artifact);
    const lenient = decayWatch(artifact);
    const course = Array.from({ length: 60 }, (_, i) => i % 9 === 8);
    const first = (watch: typeof strict, chance: number): number =>
      course.findIndex((success) => watch.push({ cluster: 2, success, chance }) !== undefined);
    const [high, low] = [first(strict, 0.5), first(lenient, 0.01)];
    expect(high).toBeGreaterThan(0);
    expect(low === -1 || low > high).toBe(true);
  });

  it('passes over clusters that the artifact does not know', () => {
    const watch = decayWatch(artifact);
    for (let i = 0; i < 300; i++) expect(watch.push({ cluster: 77, success: false })).toBeUndefined();
  });
});

describe('a drift report', () => {
  it('finds a healthy artifact healthy', () => {
    const report = driftReport(artifact, { panel, days: later, alerts: alertsOf(3, 80) });
    expect(report).toMatchObject({ artifact: 'planted', alarms: [], demote: false });
    expect(report.inputs.map(({ channel }) => channel)).toEqual(panel.channels);
    expect(report.inputs.every(({ verdict }) => verdict !== 'shifted')).toBe(true);
    const third = report.precursors[2]!;
    expect(third.regimes.map(({ regime, alerts }) => [regime, alerts])).toEqual([
      ['calm', 60],
      ['stress', 20],
    ]);
    expect(third.expected).toBeCloseTo(artifact.precursors[2]!.promised.rate, 2);
  });

  it('asks for demotion within thirty resolved alerts of a decay, and says from when', () => {
    const delays = [1, 2, 3, 4, 5].map((seed) => {
      const { alarms, demote } = driftReport(artifact, { panel, days: later, alerts: alertsOf(seed, 160, 60) });
      expect(demote).toBe(true);
      return alarms.find(({ resolved }) => resolved > 60)!.resolved - 60;
    });
    delays.sort((a, b) => a - b);
    expect(delays[2]).toBeLessThanOrEqual(30);
  });

  it('sees a channel whose level has moved', () => {
    const louder = {
      ...panel,
      series: panel.series.map((s) => ({ ...s, values: s.values.map((v, c) => (c === 1 ? v.map((x) => x + 1) : v)) })),
    };
    const { inputs, demote } = driftReport(artifact, { panel: louder, days: later, alerts: [] });
    expect(inputs[1]).toMatchObject({ channel: 'activity', verdict: 'shifted' });
    expect(inputs[1]!.p).toBeLessThan(1e-6);
    expect(inputs[0]!.verdict).toBe('stable');
    expect(demote).toBe(false);
  });

  it('says nothing of what it has not seen', () => {
    const { inputs, precursors } = driftReport(artifact, { panel, days: { from: 1, to: 2 }, alerts: [] });
    expect(inputs.map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
    expect(precursors[0]).toMatchObject({ alerts: 0, rate: Number.NaN, p: Number.NaN });
  });
});
