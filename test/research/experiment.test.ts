import { describe, expect, it } from 'vitest';
import { experimentText, isMissed } from '../../src/cli/render/experiment.ts';
import { hashJson } from '../../src/lib/core/index.ts';
import { parseFeatureSpec } from '../../src/lib/features/index.ts';
import { experimentPlan } from '../../src/lib/research/defaults.ts';
import { eventChances, metOccurrences } from '../../src/lib/research/experiment/truth.ts';
import {
  type AlertTable,
  type ExperimentResult,
  experimentGates,
  experimentJobs,
  experimentSpec,
  type LeakScore,
  plantedMarket,
  runExperimentJob,
} from '../../src/lib/research/index.ts';

/** A thirteenth of the experiment's market: enough for its strongest precursors. */
const size = { instruments: 12, days: 40, slots: 150 };
const planted = runExperimentJob({ kind: 'planted', seed: 1, amplitude: 3, nullSets: 4 }, size);
const leaks = runExperimentJob({ kind: 'leaks', seed: 1, amplitude: 3 }, size);

const scoreOf = (result: ExperimentResult) => {
  if (result.kind !== 'planted') throw new Error('another job');
  return result.score;
};

describe('the acceptance experiment, in small', () => {
  it('finds precursors, believes no decoy, and is right where it alerts', () => {
    const score = scoreOf(planted);
    expect(score.found).toContain('A');
    expect(score.decoySurvivors).toBe(0);
    expect(score.falseSurvivors).toBe(0);
    expect(score.right / score.alerts).toBeGreaterThan(0.9);
  });

  it('takes fewer alerts than there are where the budget is spent', () => {
    const { perDay, taken, busiestDay, refused } = scoreOf(planted).budget;
    expect(refused).toBeGreaterThan(0);
    expect(taken).toBeGreaterThan(0);
    expect(busiestDay).toBe(perDay);
  });

  it('sees later rows change nothing, late rows help nothing, and a peeking method caught', () => {
    if (leaks.kind !== 'leaks') throw new Error('another job');
    const { delays, causal, peekCaught } = leaks.leaks;
    expect([causal, peekCaught]).toEqual([true, true]);
    const [prompt, ...late] = delays;
    expect(prompt!.alerts).toBeGreaterThan(20);
    // An event comes 8 to 25 rows after its precursor: alerts of half an hour ago know of none.
    expect(late.at(-1)!.precision).toBeLessThan(prompt!.precision / 2);
    for (const { precision } of late) expect(precision).toBeLessThanOrEqual(prompt!.precision);
  });

  it('looks with the defaults that every user gets', () => {
    const { schema, name, timeframe, session, channels } = experimentSpec();
    const plain = { schema, name, timeframe, session: { slots: session.slots }, channels: [...channels] };
    expect(experimentSpec()).toEqual(parseFeatureSpec(plain));
  });

  it('notices within thirty alerts that C precedes nothing any more', () => {
    const drift = runExperimentJob(
      { kind: 'drift', seed: 2, market: 'decay' },
      { instruments: 30, days: 60, slots: 150 },
    );
    if (drift.kind !== 'drift') throw new Error('another job');
    const { days, decayed, alertsToAlarm, falseAlarms } = drift.drift;
    // A quarter of the ordinary market and sixty days more.
    expect({ days, decayed }).toEqual({ days: 75, decayed: true });
    expect(alertsToAlarm).toBeLessThanOrEqual(30);
    expect(falseAlarms).toBeLessThanOrEqual(1);
  });

  it('watches no day where nothing survived', () => {
    const drift = runExperimentJob(
      { kind: 'drift', seed: 1, market: 'steady' },
      { instruments: 4, days: 20, slots: 100 },
    );
    expect(drift).toMatchObject({ kind: 'drift', drift: { days: 0, decayed: false } });
  });

  it('gives plain data that is the same wherever it ran', () => {
    const copy: ExperimentResult = JSON.parse(JSON.stringify(planted));
    expect(copy).toEqual(planted);
    const tiny = { instruments: 4, days: 20, slots: 100 };
    const noise = () => hashJson(JSON.parse(JSON.stringify(runExperimentJob({ kind: 'noise', seed: 4 }, tiny))));
    expect(noise()).toBe(noise());
  });
});

describe('jobs and gates', () => {
  it('are 20 seeds of three amplitudes, 200 null sets of each kind, the leaks and the drifts', () => {
    const jobs = experimentJobs();
    const count = (kind: string) => jobs.filter((job) => job.kind === kind).length;
    expect(['planted', 'noise', 'leaks', 'drift'].map(count)).toEqual([60, 200, 2, 30]);
    expect(jobs.reduce((sum, job) => sum + (job.kind === 'planted' ? job.nullSets : 0), 0)).toBe(200);
  });

  it('pass nothing that was not measured', () => {
    const gates = experimentGates([]);
    const measured = gates.filter((gate) => gate.cases > 0);
    expect(measured).toEqual([]);
    expect(gates.filter(({ passed }) => passed)).toEqual([]);
  });

  const gateOf = (name: RegExp, results: readonly ExperimentResult[]) =>
    experimentGates(results).find(({ gate }) => name.test(gate))!;

  it('miss a budget that is exceeded, and tell nothing of one that was never spent', () => {
    if (planted.kind !== 'planted') throw new Error('another job');
    const { score } = planted;
    const withBudget = (change: object): ExperimentResult => ({
      ...planted,
      score: { ...score, budget: { ...score.budget, ...change } },
    });
    const budget = (result: ExperimentResult) => gateOf(/above the budget/, [result]);
    expect(budget(planted)).toMatchObject({ found: 0, passed: true, cases: 1 });
    expect(budget(withBudget({ busiestDay: score.budget.perDay + 1 }))).toMatchObject({ found: 1, passed: false });
    expect(budget(withBudget({ refused: 0 }))).toMatchObject({ found: Number.NaN, passed: false, cases: 0 });
  });

  it('miss late rows that help, and tell nothing without an alert', () => {
    if (leaks.kind !== 'leaks') throw new Error('another job');
    const withDelays = (change: (delay: LeakScore['delays'][number], place: number) => object): ExperimentResult => ({
      ...leaks,
      leaks: { ...leaks.leaks, delays: leaks.leaks.delays.map((d, k) => ({ ...d, ...change(d, k) })) },
    });
    const late = (result: ExperimentResult) => gateOf(/late rows/, [result]).passed;
    expect(late(leaks)).toBe(true);
    expect(late(withDelays((d, k) => (k === 2 ? { precision: d.precision + 1 } : {})))).toBe(false);
    expect(late(withDelays(() => ({ alerts: 0, precision: 0 })))).toBe(false);
  });

  it('miss false alarms, and tell nothing of days that nobody watched', () => {
    const steady = (days: number, falseAlarms: number): ExperimentResult => ({
      kind: 'drift',
      job: { kind: 'drift', seed: 1, market: 'steady' },
      drift: { days, falseAlarms, decayed: false, alertsToAlarm: undefined },
    });
    const alarms = (...results: ExperimentResult[]) => gateOf(/false alarms/, results).passed;
    expect(alarms(steady(250, 1))).toBe(true);
    expect(alarms(steady(250, 2))).toBe(false);
    expect(alarms(steady(0, 0))).toBe(false);
  });

  it('ask for the usual alarm in time; that nearly every one is in time is an aim', () => {
    const decay = (alertsToAlarm: number | undefined): ExperimentResult => ({
      kind: 'drift',
      job: { kind: 'drift', seed: 1, market: 'decay' },
      drift: { days: 10, falseAlarms: 0, decayed: true, alertsToAlarm },
    });
    const rows = (...waits: (number | undefined)[]) =>
      experimentGates(waits.map(decay))
        .filter(({ market }) => market === 'C stops preceding events')
        .map(({ kind, passed }) => [kind, passed]);
    expect(rows(10, 30, undefined)).toEqual([
      ['gate', true],
      ['aim', false],
    ]);
    expect(rows(10, 31, undefined)[0]).toEqual(['gate', false]);
    expect(rows(10, 30, 30)[1]).toEqual(['aim', true]);
  });

  it('are told apart from aims, for which the experiment does not fail', () => {
    const rowOf = (kind: 'gate' | 'aim', passed: boolean) => {
      const gate = {
        kind,
        market: 'm',
        gate: 'g',
        found: 0.7,
        rule: 'at least',
        limit: 0.9,
        passed,
        cases: 5,
      } as const;
      const experiment = { plan: experimentPlan, gates: [gate], results: [], hash: 'c0de' };
      const [, row] = experimentText(experiment, 80).split('\n');
      return [row!.replace(/^.* 5 +/, ''), isMissed(gate)];
    };
    expect(rowOf('gate', true)).toEqual(['ok', false]);
    expect(rowOf('gate', false)).toEqual(['MISSED', true]);
    expect(rowOf('aim', true)).toEqual(['aim reached', false]);
    expect(rowOf('aim', false)).toEqual(['aim not reached', false]);
  });

  it('do not depend on the order of the results', () => {
    expect(experimentGates([planted, leaks])).toEqual(experimentGates([leaks, planted]));
    const gate = (name: RegExp) =>
      experimentGates([planted, leaks]).find((g) => g.market === 'amplitude 3' && name.test(g.gate))!;
    expect(gate(/decoys/)).toMatchObject({ found: 0, rule: 'at most', limit: 0, passed: true, cases: 1 });
  });
});

describe('what the generator knows of an alert', () => {
  const market = plantedMarket({ seed: 3, instruments: 40, days: 60, slots: 120 });
  const own = market.truth.filter((o) => o.kind === 'A' || o.kind === 'D1');
  const alerts: AlertTable = {
    cluster: new Int32Array(own.length),
    series: Int32Array.from(own, (o) => o.series),
    row: Int32Array.from(own, (o) => o.last + 2),
    at: Float64Array.from(own, (o) => market.panel.series[o.series]!.at[o.last + 2]!),
    score: new Float64Array(own.length),
  };
  const met = metOccurrences(market, alerts);

  it('is the pattern that it met', () => {
    // Patterns that overlap may be taken for each other.
    const right = own.filter((o, i) => met[i] === o).length;
    expect(right / own.length).toBeGreaterThan(0.95);
    const before = { ...alerts, row: alerts.row.map((row) => row - 20) };
    const early = metOccurrences(market, before).filter((o, i) => o === own[i]).length;
    expect(early).toBe(0);
  });

  it('is a probability that events bear out', () => {
    for (const kind of ['A', 'D1'] as const) {
      const places = [...own.keys()].filter((i) => met[i]?.kind === kind);
      const expected = places.reduce((sum, i) => sum + eventChances(market, alerts.row[i]!, met[i]).given, 0);
      const events = new Set([...market.events.row].map((row, i) => `${market.events.series[i]} ${row}`));
      const followed = places.filter((i) => {
        const row = alerts.row[i]!;
        for (let r = row + 1; r <= row + 30 && Math.floor(r / 120) === Math.floor(row / 120); r++)
          if (events.has(`${alerts.series[i]} ${r}`)) return true;
        return false;
      }).length;
      // Four standard deviations of a sum of that many independent outcomes.
      expect(Math.abs(followed - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
  });
});
