import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/core/index.ts';
import { indexEvents } from '../../src/lib/research/events/event-index.ts';
import { eventRates } from '../../src/lib/research/events/event-rates.ts';
import { chancesAt, exchangeLists } from '../../src/lib/research/events/exchange.ts';
import {
  type AlertTable,
  alertOutcomes,
  alertTable,
  eventTable,
  splitDays,
  tradingDays,
  validate,
} from '../../src/lib/research/index.ts';
import { emptyPanel } from './panels.ts';

const slots = 120;
const panel = emptyPanel(12, 40, slots);
const split = splitDays(tradingDays(panel));
const whole = { from: split.discovery.from, to: split.validation.to };

type Place = { readonly series: number; readonly row: number };

function alertsAt(places: readonly Place[]): AlertTable {
  const at = (p: Place) => panel.series[p.series]!.at[p.row]!;
  const sorted = [...places].sort((a, b) => at(a) - at(b) || a.series - b.series);
  return {
    cluster: new Int32Array(sorted.length),
    series: Int32Array.from(sorted, (p) => p.series),
    row: Int32Array.from(sorted, (p) => p.row),
    at: Float64Array.from(sorted, at),
    score: new Float64Array(sorted.length),
  };
}

/**
 * The first three instruments have ten times the events of the others, three times as many on every fifth day. Nine in ten alerts are of
 * them; a share of the alerts is answered by an event of its own.
 */
function busyWorld(seed: number, answered: number) {
  const rng = createRng(seed);
  const events: Place[] = [];
  const alerts: Place[] = [];
  for (let day = 0; day < 40; day++) {
    for (let series = 0; series < 12; series++) {
      const rate = (series < 3 ? 1 : 0.1) * (day % 5 === 0 ? 3 : 1);
      for (let n = 0; n < 6; n++)
        if (rng.next() < rate / 6) events.push({ series, row: day * slots + rng.integer(slots) });
    }
    for (let n = 0; n < 3; n++) {
      const place = { series: rng.next() < 0.9 ? rng.integer(3) : rng.integer(12), row: day * slots + rng.integer(80) };
      alerts.push(place);
      if (rng.next() < answered) events.push({ series: place.series, row: place.row + 10 });
    }
  }
  return { alerts: alertsAt(alerts), events: eventTable(panel, events) };
}

const options = { clusters: 1, discovery: split.discovery, validation: split.validation, permutations: 99 };

describe('instruments of unequal event rates', () => {
  it('let no cluster survive that merely fires in the busy ones', () => {
    let fooled = 0;
    let lifts = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const { alerts, events } = busyWorld(seed, 0);
      const { clusters } = validate(alerts, events, panel, { ...options, seed, minLift: 1 });
      fooled += clusters[0]!.survives ? 1 : 0;
      lifts += clusters[0]!.lift / 40;
    }
    // At 5 % the chance of more than 6 in 40 is below 1 in 100.
    expect(fooled).toBeLessThanOrEqual(6);
    expect(Math.abs(lifts - 1)).toBeLessThan(0.1);
  });

  it('do not hide a cluster that events follow, in the busy ones or not', () => {
    let found = 0;
    for (let seed = 1; seed <= 10; seed++) {
      const { alerts, events } = busyWorld(seed, 0.5);
      found += validate(alerts, events, panel, { ...options, seed }).survivors.length;
    }
    expect(found).toBeGreaterThanOrEqual(9);
  });

  it('give base rates that exchanges within the day bear out', () => {
    const { alerts, events } = busyWorld(7, 0);
    const { days, chance } = alertOutcomes(panel, events, alerts, { range: whole, horizonRows: 30 });
    const rng = createRng(1);
    let exchanged = 0;
    for (const day of days) {
      const order = Int32Array.from({ length: day.width }, (_, k) => k);
      for (let n = 0; n < 200; n++) {
        exchangeLists(order, day, rng);
        day.places.forEach((place, a) => {
          exchanged += day.hits[a * day.width + order[place]!]! / 200;
        });
      }
    }
    const expected = chance.reduce((sum, p) => sum + p, 0);
    expect(expected).toBeGreaterThan(25);
    // Ratios of Poisson rates and of whole lists agree on the average over days, not on each of them.
    expect(Math.abs(exchanged / expected - 1)).toBeLessThan(0.1);
  });

  it('give a chance by the others that does not know what became of the alert itself', () => {
    const places = [1, 2].map((series) => ({ series, row: 20 }));
    const alerts = alertTable([{ cluster: 0, series: 0, row: 10, at: panel.series[0]!.at[10]! }], () => 1);
    const outcomes = (own: boolean, of = panel) => {
      const events = eventTable(of, own ? [{ series: 0, row: 15 }, ...places] : places);
      return alertOutcomes(of, events, alerts, { range: whole, horizonRows: 30 });
    };
    expect([outcomes(true).othersChance[0], outcomes(false).othersChance[0]]).toEqual([2 / 11, 2 / 11]);
    expect([outcomes(true).chance[0], outcomes(false).chance[0]]).toEqual([3 / 12, 2 / 12]);
    // Where there is nobody beside it, its own is all that is known.
    const alone = { ...panel, series: panel.series.slice(0, 1) };
    const events = eventTable(alone, [{ series: 0, row: 15 }]);
    expect(alertOutcomes(alone, events, alerts, { range: whole, horizonRows: 30 }).othersChance[0]).toBe(1);
  });
});

describe('rates of events', () => {
  it('are those of the instruments, drawn a little towards each other', () => {
    const rates = eventRates(indexEvents(panel, busyWorld(3, 0).events), 12, whole);
    const mean = (from: number, to: number) => rates.slice(from, to).reduce((a, b) => a + b, 0) / (to - from);
    // Three instruments of rate 10 beside nine of rate 1: relative rates of 3.08 and .31.
    expect(mean(0, 3)).toBeGreaterThan(2.7);
    expect(mean(0, 3)).toBeLessThan(3.4);
    expect(mean(3, 12)).toBeGreaterThan(0.2);
    expect(mean(3, 12)).toBeLessThan(0.42);
  });

  it('are all 1 where counts differ no more than by chance, and without events', () => {
    const even = Array.from({ length: 60 }, (_, i) => ({ series: i % 12, row: ((i * 71) % 40) * slots + i }));
    expect([...eventRates(indexEvents(panel, eventTable(panel, even)), 12, whole)]).toEqual(new Array(12).fill(1));
    expect([...eventRates(indexEvents(panel, eventTable(panel, [])), 12, whole)]).toEqual(new Array(12).fill(1));
  });
});

describe('exchanges of a day', () => {
  it('give an instrument the long list as often as its rate says', () => {
    // Orders of the lists (2 events, none) have the probabilities 9 : 1 for rates 3 : 1.
    const day = { sizes: [2, 0], rates: [3, 1], even: false };
    const rng = createRng(5);
    const order = Int32Array.of(0, 1);
    let busy = 0;
    for (let n = 0; n < 20_000; n++) {
      exchangeLists(order, day, rng);
      if (order[0] === 0) busy++;
    }
    // Draws depend on each other: four standard errors of a sixth as many.
    expect(Math.abs(busy / 20_000 - 0.9)).toBeLessThan(4 * Math.sqrt((0.9 * 0.1 * 6) / 20_000));
  });

  it('have chances that add up to the hits there were', () => {
    const day = { rates: [5, 1, 0.5, 0.2], even: false };
    for (const hits of [0, 1, 3, 4]) {
      const at = chancesAt(day, hits);
      const chances = day.rates.map((_, k) => at(k));
      expect(chances.reduce((a, b) => a + b, 0)).toBeCloseTo(hits, 8);
      expect([...chances].sort((a, b) => b - a)).toEqual(chances);
    }
  });

  it('have chances by the others where one list is left apart, for its place by its rate', () => {
    const day = { rates: [5, 1, 0.5, 0.2], even: false };
    const at = chancesAt(day, 2, 1);
    expect(at(0) + at(2) + at(3)).toBeCloseTo(2, 8);
    expect(at(1)).toBeGreaterThan(at(2));
    expect(at(1)).toBeLessThan(at(0));
    expect(chancesAt(day, 3, 1)(1)).toBe(1);
    expect(chancesAt({ rates: [1, 1, 1, 1], even: true }, 1, 0)(0)).toBeCloseTo(1 / 3, 12);
  });
});
