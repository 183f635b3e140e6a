import { describe, expect, it } from 'vitest';
import { hashJson } from '../../src/lib/core/index.ts';
import { eventChances, metOccurrences } from '../../src/lib/research/experiment/truth.ts';
import {
  type AlertTable,
  type ExperimentResult,
  experimentGates,
  experimentJobs,
  plantedMarket,
  runExperimentJob,
} from '../../src/lib/research/index.ts';

/** A thirteenth of the experiment's market: enough for its strongest precursors. */
const size = { instruments: 12, days: 40, slots: 150 };
const planted = runExperimentJob({ kind: 'planted', seed: 1, amplitude: 3, nullSets: 4 }, size);
const leaks = runExperimentJob({ kind: 'leaks', seed: 2, amplitude: 3 }, { instruments: 6, days: 30, slots: 120 });

describe('the acceptance experiment, in small', () => {
  it('finds precursors, believes no decoy, and is right where it alerts', () => {
    if (planted.kind !== 'planted') throw new Error('another job');
    const { score } = planted;
    expect(score.found).toContain('A');
    expect(score.decoySurvivors).toBe(0);
    expect(score.falseSurvivors).toBe(0);
    expect(score.right / score.alerts).toBeGreaterThan(0.9);
    expect(score.budget.busiestDay).toBeLessThanOrEqual(score.budget.perDay);
  });

  it('sees later rows change nothing, late rows help nothing, and a peeking method caught', () => {
    if (leaks.kind !== 'leaks') throw new Error('another job');
    expect(leaks.leaks.causal).toBe(true);
    expect(leaks.leaks.peekCaught).toBe(true);
    expect(leaks.leaks.delays.map((d) => d.minutes)).toEqual([0, 10, 20, 30]);
  });

  it('watches what survived from the decay on', () => {
    const drift = runExperimentJob(
      { kind: 'drift', seed: 1, market: 'decay' },
      { instruments: 12, days: 40, slots: 150 },
    );
    if (drift.kind !== 'drift') throw new Error('another job');
    expect(drift.drift.days).toBe(70);
    expect(drift.drift.falseAlarms).toBeLessThanOrEqual(1);
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
    expect(['planted', 'noise', 'leaks', 'drift'].map(count)).toEqual([60, 200, 1, 21]);
    expect(jobs.reduce((sum, job) => sum + (job.kind === 'planted' ? job.nullSets : 0), 0)).toBe(200);
  });

  it('pass nothing that was not measured', () => {
    const gates = experimentGates([]);
    const measured = gates.filter((gate) => gate.cases > 0);
    expect(measured).toEqual([]);
    expect(gates.filter((gate) => gate.passed && Number.isNaN(gate.found))).toEqual([]);
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
