import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/core/index.ts';
import { parseMove, sideOf } from '../../src/lib/lab/event-rule.ts';
import {
  type AlertTable,
  budgetThreshold,
  eventTable,
  leadTimes,
  tailLoss as lossOf,
  permuteEvents,
  plantedMarket,
  selectAlerts,
  splitDays,
  stressRegimes,
  takenAlerts,
  tradingDays,
  underBudget,
  validate,
} from '../../src/lib/research/index.ts';
import { emptyPanel } from './panels.ts';

const panel = emptyPanel(12, 20, 120);
const split = splitDays(tradingDays(panel));

type Place = { readonly series: number; readonly row: number };

function alertsAt(places: readonly (Place & { readonly cluster: number; readonly score?: number })[]): AlertTable {
  const at = (p: Place) => panel.series[p.series]!.at[p.row]!;
  const sorted = [...places].sort((a, b) => at(a) - at(b) || a.series - b.series || a.cluster - b.cluster);
  return {
    cluster: Int32Array.from(sorted, (p) => p.cluster),
    series: Int32Array.from(sorted, (p) => p.series),
    row: Int32Array.from(sorted, (p) => p.row),
    at: Float64Array.from(sorted, at),
    score: Float64Array.from(sorted, (p) => p.score ?? 0),
  };
}

/** Cluster 0 is followed by an event every second time, cluster 1 never on purpose, cluster 2 has five alerts; two stray events a day. */
function world(seed: number) {
  const rng = createRng(seed);
  const events: Place[] = [];
  const alerts: (Place & { readonly cluster: number })[] = [];
  for (let day = 0; day < 20; day++) {
    for (let n = 0; n < 2; n++) events.push({ series: rng.integer(12), row: day * 120 + rng.integer(120) });
    for (const cluster of [0, 1])
      for (let n = 0; n < 4; n++) {
        const place = { series: rng.integer(12), row: day * 120 + rng.integer(80) };
        alerts.push({ ...place, cluster });
        if (cluster === 0 && n % 2 === 0) events.push({ series: place.series, row: place.row + 10 });
      }
    if (day % 4 === 0) alerts.push({ series: 0, row: day * 120 + 5, cluster: 2 });
  }
  return { alerts: alertsAt(alerts), events: eventTable(panel, events) };
}

const options = { clusters: 3, discovery: split.discovery, validation: split.validation, seed: 1, permutations: 200 };

describe('validation of clusters', () => {
  const { alerts, events } = world(4);
  const result = validate(alerts, events, panel, options);
  const [precursor, idle, rare] = result.clusters;

  it('lets a cluster survive that events follow', () => {
    expect(precursor!.survives).toBe(true);
    expect(precursor!.rejections).toEqual([]);
    expect(precursor!.alerts).toBe(36);
    expect(precursor!.rate).toBeGreaterThanOrEqual(0.5);
    expect(precursor!.lift).toBeCloseTo(precursor!.rate / precursor!.base, 12);
    expect(precursor!.p).toBe(1 / 201);
    expect(precursor!.interval.lower).toBeLessThan(precursor!.rate);
    expect(result.survivors).toEqual([0]);
  });

  it('rejects the others and says why', () => {
    expect(idle!.survives).toBe(false);
    expect(idle!.rejections.map((r) => r.rule)).toContain('significance');
    expect(rare!.rejections).toContainEqual({ rule: 'support', found: 2, needed: 15 });
    expect(rare!.p).toBeNaN();
    expect(result.tested).toBe(2);
  });

  it('asks for the lift on the days of discovery as well', () => {
    const early = eventTable(
      panel,
      [...events.row].flatMap((row, i) => (row >= 1200 ? [{ series: events.series[i]!, row }] : [])),
    );
    const late = validate(alerts, early, panel, options).clusters[0]!;
    expect(late.p).toBeLessThanOrEqual(0.05);
    expect(late.survives).toBe(false);
    expect(late.rejections.map((r) => r.rule)).toEqual(['discovery-lift']);
  });

  it('is a result, not an error, without clusters, alerts or events', () => {
    const none = alertsAt([]);
    expect(validate(none, events, panel, { ...options, clusters: 0 }).survivors).toEqual([]);
    const quiet = validate(alerts, eventTable(panel, []), panel, options);
    expect(quiet.survivors).toEqual([]);
    expect(quiet.clusters[0]!.lift).toBeNaN();
    expect(quiet.clusters[0]!.p).toBe(1);
    const unheard = validate(none, events, panel, options).clusters[0]!;
    expect([unheard.alerts, unheard.interval.lower, unheard.interval.upper]).toEqual([0, 0, 1]);
    expect(unheard.rate).toBeNaN();
  });

  it('is refused with one instrument, which has nobody to exchange events with', () => {
    const alone = { ...panel, series: panel.series.slice(0, 1) };
    const own = (table: AlertTable) => selectAlerts(table, (i) => table.series[i] === 0);
    const places = [...events.row].flatMap((row, i) => (events.series[i] === 0 ? [{ series: 0, row }] : []));
    expect(() => validate(own(alerts), eventTable(alone, places), alone, options)).toThrow(
      expect.objectContaining({ code: 'research/too-few-instruments', where: 'S0' }),
    );
  });

  it('gives the same figures for the same seed', () => {
    expect(validate(alerts, events, panel, options)).toEqual(result);
  });

  it('has a base rate that is the mean over all exchanges of instruments', () => {
    const rates = Array.from({ length: 300 }, (_, seed) => {
      const permuted = permuteEvents(panel, events, seed);
      return validate(alerts, permuted, panel, { ...options, permutations: 1 }).clusters[0]!.successes;
    });
    const mean = rates.reduce((a, b) => a + b, 0) / rates.length;
    // Counts of about 6 with a deviation of about 2: the mean of 300 is good to 0.5 at four standard errors.
    expect(Math.abs(mean - precursor!.base * precursor!.alerts)).toBeLessThan(0.5);
  });

  it('is rarely fooled when events have nothing to do with instruments', () => {
    let fooled = 0;
    for (let seed = 0; seed < 60; seed++) {
      const permuted = permuteEvents(panel, events, seed);
      if (validate(alerts, permuted, panel, { ...options, permutations: 99 }).survivors.length > 0) fooled++;
    }
    // At 5 % the chance of more than 9 in 60 is below 1 in 1,000.
    expect(fooled).toBeLessThanOrEqual(9);
  });

  it('breaks results up by regime and measures what failures lose', () => {
    const regimes = panel.series.map(({ day }) => Uint8Array.from(day, (d) => d % 2));
    const closes = panel.series.map(({ at }) => Float64Array.from(at, (_, row) => 100 * 0.999 ** (row % 120)));
    const full = validate(alerts, events, panel, { ...options, regimes, closes }).clusters[0]!;
    expect(full.regimes.map((r) => r.regime)).toEqual(['calm', 'stress']);
    expect(full.regimes.reduce((sum, r) => sum + r.alerts, 0)).toBe(full.alerts);
    expect(full.regimes.reduce((sum, r) => sum + r.successes, 0)).toBe(full.successes);
    expect(full.failures!.count).toBe(full.alerts - full.successes);
    // Prices fall by .1 % a row for thirty rows, alerts come early enough in the day for all of them.
    expect(full.failures!.expectedShortfall).toBeCloseTo(30 * Math.log(0.999), 9);
  });
});

describe('lead times', () => {
  it('are censored at the horizon (Kaplan and Meier 1958)', () => {
    const { waiting, median, quartiles } = leadTimes([1, 2, Infinity, 4], [4, 4, 2, 4], 4);
    // At risk 4, 4 - 1 = 3, then 1 after one event and one loss.
    [0.75, 0.5, 0.5, 0].forEach((s, i) => {
      expect(waiting[i]).toBeCloseTo(s, 12);
    });
    expect(median).toBe(2);
    expect(quartiles[1]).toBe(2);
  });

  it('have no median where fewer than half of the alerts succeed', () => {
    expect(leadTimes([3, Infinity, Infinity], [5, 5, 5], 5).median).toBeNaN();
    const nothing = leadTimes([], [], 3);
    expect(nothing.waiting).toEqual([1, 1, 1]);
    expect(nothing.quartiles[0]).toBeNaN();
  });

  it('never wait longer than before', () => {
    const lead = fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(Infinity)), { maxLength: 30 });
    fc.assert(
      fc.property(lead, (l) => {
        const { waiting } = leadTimes(l, Array(l.length).fill(30), 30);
        waiting.forEach((s, i) => {
          expect(s).toBeGreaterThanOrEqual(0);
          expect(s).toBeLessThanOrEqual(waiting[i - 1] ?? 1);
        });
      }),
    );
  });
});

describe('a budget of alerts', () => {
  const day = (row: number, score: number) => ({ series: 0, row, cluster: 0, score });

  it('takes what comes first, not what turns out best', () => {
    const alerts = alertsAt([day(1, 0.5), day(2, 0.1), day(3, 0.6), day(4, 0.9), day(121, 0.7)]);
    expect(takenAlerts(panel, alerts, { threshold: 0.2, perDay: 2 })).toEqual([0, 2, 4]);
    const result = underBudget(panel, alerts, (i) => i !== 0, { threshold: 0.2, perDay: 2 });
    expect(result).toMatchObject({ taken: 3, successes: 2, refused: 1 });
    expect(result.precision).toBeCloseTo(2 / 3, 12);
  });

  it('has the threshold that so many alerts a day reached', () => {
    expect(budgetThreshold([0.1, 0.9, 0.5, 0.7], 2, 1)).toBe(0.7);
    expect(budgetThreshold([0.1], 2, 1)).toBe(Number.NEGATIVE_INFINITY);
    expect(budgetThreshold([], 2, 1)).toBe(Number.NEGATIVE_INFINITY);
  });

  it('is never exceeded', () => {
    const rows = fc.array(fc.integer({ min: 0, max: 2399 }), { maxLength: 80 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 5 }), (list, perDay) => {
        const alerts = alertsAt(list.map((row) => day(row, (row % 7) / 7)));
        const taken = takenAlerts(panel, alerts, { threshold: 0.3, perDay });
        const perDayCount = new Map<number, number>();
        for (const i of taken) {
          const d = Math.floor(alerts.row[i]! / 120);
          perDayCount.set(d, (perDayCount.get(d) ?? 0) + 1);
        }
        for (const count of perDayCount.values()) expect(count).toBeLessThanOrEqual(perDay);
      }),
    );
  });
});

describe('the tail of failures', () => {
  it('is the mean of the worst twentieth', () => {
    const returns = Array.from({ length: 100 }, (_, i) => -i / 100);
    const tailLoss = (some: readonly number[]) => lossOf(some, 'long');
    // The 5 % quantile of type 7 lies at place 4.95 from the bottom: five values are at or below it.
    expect(tailLoss(returns).valueAtRisk).toBeCloseTo(-0.9405, 12);
    expect(tailLoss(returns).expectedShortfall).toBeCloseTo(-0.97, 12);
    expect(tailLoss([Number.NaN, -0.5]).count).toBe(1);
    expect(tailLoss([]).valueAtRisk).toBeNaN();
  });
});

describe('the side of the trade', () => {
  // Prices rose after failures, up to 9.9 %.
  const rises = Array.from({ length: 100 }, (_, i) => i / 1000);

  it('decides what a loss is', () => {
    expect(lossOf(rises, 'long').expectedShortfall).toBeCloseTo(0.002, 12);
    expect(lossOf(rises, 'short').expectedShortfall).toBeCloseTo(-0.097, 12);
    expect(lossOf(rises, 'short').mean).toBeCloseTo(-0.0495, 12);
  });

  it('is the one that loses where nothing says which', () => {
    const both = rises.map((r, i) => (i % 2 === 0 ? r : -r));
    expect(lossOf(both, 'either')).toEqual({ ...lossOf(rises, 'short'), side: 'either' });
  });

  it('is that of the move which is an event', () => {
    const { alerts, events } = world(4);
    const closes = panel.series.map(({ at }) => Float64Array.from(at, (_, row) => 100 * 1.001 ** (row % 120)));
    const lost = (side: 'long' | 'short') =>
      validate(alerts, events, panel, { ...options, closes, side }).clusters[0]!.failures!.valueAtRisk;
    expect(lost('short')).toBeCloseTo(-30 * Math.log(1.001), 9);
    expect(lost('long')).toBeCloseTo(30 * Math.log(1.001), 9);
    expect((['up:3:30', 'down:3:30', 'either:3:30'] as const).map((rule) => sideOf(parseMove(rule)))).toEqual([
      'long',
      'short',
      'either',
    ]);
    expect(sideOf({ kind: 'condition', expression: 'close > open' })).toBe('either');
  });
});

describe('regimes', () => {
  const market = plantedMarket({ seed: 2, instruments: 12, days: 20, slots: 120 });
  const rule = { channels: ['activity', 'spread'], days: splitDays(tradingDays(market.panel)).discovery };
  const regimes = stressRegimes(market.panel, rule);

  it('tell the days of stress, after the first hour of them', () => {
    const late = [...regimes[0]!].map((r, row) => ({ r, day: Math.floor(row / 120), slot: row % 120 }));
    const told = late.filter(({ slot }) => slot >= 60);
    const right = told.filter(({ r, day }) => (r === 1) === market.stressed[day]).length;
    expect(right / told.length).toBeGreaterThan(0.95);
  });

  it('see nothing of later rows', () => {
    const values = market.panel.series.map((s) => s.values.map((v) => v.map((x, row) => (row > 2000 ? x + 5 : x))));
    const changed = { ...market.panel, series: market.panel.series.map((s, i) => ({ ...s, values: values[i]! })) };
    const again = stressRegimes(changed, rule);
    expect([...again[3]!.subarray(0, 2001)]).toEqual([...regimes[3]!.subarray(0, 2001)]);
    expect(again[3]![2399]).toBe(1);
  });

  it('weigh channels by their deviations, whatever their units', () => {
    const [activity, spread] = ['activity', 'spread'].map((name) => market.panel.channels.indexOf(name));
    const units = (of: (x: number, c: number) => number) => ({
      ...market.panel,
      series: market.panel.series.map((s) => ({ ...s, values: s.values.map((v, c) => v.map((x) => of(x, c))) })),
    });
    const converted = units((x, c) => (c === activity ? 1e-6 * x + 4 : c === spread ? 1e5 * x : x));
    expect(stressRegimes(converted, rule)).toEqual(regimes);
  });

  it('leave out what is not finite, and channels that do not vary', () => {
    const broken = {
      ...market.panel,
      channels: [...market.panel.channels, 'constant'],
      series: market.panel.series.map((s, i) => ({
        ...s,
        // The logarithm of no volume, at one instrument all the time.
        values: [
          ...s.values.map((v) => (i === 3 ? v.map(() => Number.NEGATIVE_INFINITY) : v)),
          new Float64Array(s.at.length).fill(7),
        ],
      })),
    };
    const again = stressRegimes(broken, { ...rule, channels: [...rule.channels, 'constant'] })[0]!;
    const same = again.filter((r, row) => r === regimes[0]![row]).length / again.length;
    expect(same).toBeGreaterThan(0.97);
    expect(new Set(stressRegimes(broken, { ...rule, channels: ['constant'] })[0])).toEqual(new Set([0]));
  });

  it('refuse channels that there are not', () => {
    const ask = (channels: readonly string[]) => () => stressRegimes(market.panel, { ...rule, channels });
    expect(ask(['activity', 'spraed'])).toThrow(expect.objectContaining({ code: 'features/invalid' }));
    expect(ask(['spraed'])).toThrow(/'spraed'.*spread/);
  });
});
